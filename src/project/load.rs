//! The text of a project file to a [`Project`] and all that is wrong with it.

use crate::locale::Locale;
use crate::pack::load::MAX_BYTES;
use crate::problem::Problem;
use crate::project::Project;
use crate::project::mirror::{self, PROJECT_YAML};
use crate::say;
use crate::yaml::Yaml;
use crate::yaml::sheet::Sheet;

/// Reads a project file under the name it is reported by. `None` where it is no YAML at all.
pub fn load(name: &str, text: &str, locale: Locale) -> (Option<Project>, Vec<Problem>) {
    if text.len() > MAX_BYTES {
        let limit = MAX_BYTES >> 20;
        let message =
            say!(locale, "项目文件太大，最多 {limit} MB", "the project file is too large: at most {limit} MB");
        return (None, vec![Problem::error("project::too-large", name, message)]);
    }
    match Yaml::read(&PROJECT_YAML, name, text, locale) {
        Err(problems) => (None, problems),
        Ok((yaml, root)) => {
            let mut project = mirror::read(Sheet::new(yaml, locale), root);
            let mut problems = std::mem::take(&mut project.sheet.problems);
            problems.sort_by_key(|it| it.place.as_ref().map_or(0, |place| place.span.start));
            (Some(project), problems)
        }
    }
}
