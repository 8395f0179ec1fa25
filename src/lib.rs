//! 规矩 (guiju): checks reports against rules written as sentences.

pub mod span;
pub mod source;
pub mod locale;
pub mod problem;
pub mod nearest;
pub mod fold;
pub mod document;
pub mod extracted;
pub mod numbers;
pub mod outline;
pub mod facts;
pub mod read;
pub mod lang;
pub mod pack;
pub mod verdict;
pub mod sentence;
pub mod claim;
pub mod plan;
pub mod check;
pub mod ruletest;
pub mod render;
pub mod packs;
pub mod discover;
pub mod command;
