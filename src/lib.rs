//! 规矩 (guiju): checks reports against rules written as sentences.

pub mod span;
pub mod source;
pub mod locale;
pub mod problem;
pub mod nearest;
pub mod fold;
pub mod numbers;
pub mod document;
pub mod joined;
pub mod extracted;
pub mod sentence;
pub mod facts;
pub mod outline;
pub mod read;
pub mod lang;
pub mod pack;
pub mod plan;
pub mod index;
pub mod verdict;
pub mod claim;
pub mod check;
pub mod ruletest;
pub mod discover;
pub mod packs;
pub mod render;
pub mod command;
