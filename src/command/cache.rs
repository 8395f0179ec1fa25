//! `guiju cache`: the results kept between runs.

use std::path::{Path, PathBuf};

use crate::cache::{FOLDER, clean};
use crate::command::console::Console;
use crate::command::{BROKEN, CLEAN};
use crate::problem::Problem;
use crate::projects::Projects;
use crate::say;

/// What may be typed for `clean`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 缓存的文件夹；默认为所在项目的 .guiju_cache
    #[arg(long, value_name = "DIR")]
    cache_dir: Option<PathBuf>,
}

/// Deletes the cache and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let locale = console.locale;
    let folder = args.cache_dir.clone().unwrap_or_else(|| own(console));
    let name = folder.to_string_lossy();
    match clean(&folder) {
        Ok(true) => console.tell(&say!(locale, "已删去缓存 {name}", "the cache {name} is deleted")),
        Ok(false) => console.tell(&say!(locale, "没有缓存 {name}", "there is no cache {name}")),
        Err(why) => {
            let message = match why.kind() {
                std::io::ErrorKind::InvalidInput => {
                    say!(locale, "这不是规矩的缓存，没有删去", "this is no cache of guiju; it was left as it is")
                }
                _ => say!(locale, "缓存删不掉：{why}", "the cache cannot be deleted: {why}"),
            };
            console.problem(&Problem::error("cache", name.as_ref(), message));
            return BROKEN;
        }
    }
    CLEAN
}

/// The cache of the project one is in, else of this folder.
fn own(console: &Console) -> PathBuf {
    let mut projects = Projects::new(console.locale);
    let found = projects.of_folder(Path::new(".")).and_then(|at| projects.found.get(at));
    found.map_or_else(|| PathBuf::from(FOLDER), |it| it.path(FOLDER))
}
