//! 规矩 (guiju): checks reports against rules written as sentences.

pub mod check;
pub mod claim;
pub mod command;
pub mod discover;
pub mod document;
pub mod extracted;
pub mod facts;
pub mod fold;
pub mod lang;
pub mod locale;
pub mod nearest;
pub mod numbers;
pub mod outline;
pub mod pack;
pub mod packs;
pub mod plan;
pub mod problem;
pub mod read;
pub mod render;
pub mod ruletest;
pub mod sentence;
pub mod source;
pub mod span;
pub mod verdict;
