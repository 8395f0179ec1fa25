//! Warnings about sound rules.
