//! The help texts in English, by command and argument.

/// What each command is for, by its path under `guiju`.
const COMMANDS: &[(&str, &str)] = &[
    ("", "规矩: checks yearly rule-of-law reports against rules"),
    ("check", "Check files and folders"),
    ("init", "Write a commented project file, guiju.yaml, for this folder"),
    ("baseline", "Write down what there is to find, so that from now on only new findings count"),
    ("try", "Check with one statement, without writing a pack"),
    ("outline", "Show how a report is read: title, year, headings with their lines"),
    ("explain", "Explain a rule; with a report, why it passes or fails there"),
    ("rules", "List the rules"),
    ("packs", "List the packs"),
    ("test", "Run the rules' own tests"),
    ("pack", "Tools for packs"),
    ("pack check", "Check packs themselves"),
    ("read-apart", "Read one report in a process of its own; the program calls this itself"),
    ("completions", "Print a completion script for a shell"),
];

/// What each argument means; one of the same name means the same in every command.
const ARGUMENTS: &[(&str, &str)] = &[
    ("lang", "Language of help and results: zh (default) or en"),
    ("color", "Colours: auto (default), always or never; NO_COLOR is heeded"),
    ("quiet", "Print results only, no summary and no remarks"),
    ("verbose", "Say more: which files were left out, which packs are used"),
    ("help", "Print help"),
    ("version", "Print version"),
    ("paths", "Files and folders; `-` is standard input; default: the reports of guiju.yaml, else this folder"),
    ("path", "A report"),
    ("pack_paths", "Packs: names of built-in ones, or YAML files; default: all built-in ones"),
    ("statement", "A statement such as 'must mention 第一责任人'"),
    ("rule", "The id of a rule"),
    ("coverage", "List the alternatives, phrases, exceptions and conditions that no test exercises"),
    ("coverage_min", "Exit code 1 where the coverage is below this percentage (0 to 100); lists the coverage too"),
    ("mutate", "Change each rule bit by bit, and list the changes that no test notices; leaves the exit code alone"),
    ("shell", "bash, zsh, fish, elvish or powershell"),
    ("packs", "Use this pack (a name or a YAML file), repeatable; default: the built-in fazhi-annual-report"),
    ("vars", "Set a variable such as level=部门; year, title, issuer, date are the report's own"),
    ("params", "Set a parameter of a pack, such as min_deficiency_chars=150"),
    (
        "as_of",
        "The day that counts, such as 2025-01-14, for legal bases (default: 31 December of the report's year) and waivers (default: today)",
    ),
    ("select", "Only these rules, ids separated by commas"),
    ("ignore", "Not these rules, ids separated by commas"),
    (
        "format",
        "Form of the results: pretty (default), concise, json, jsonl, sarif, junit, github, gitlab, csv, html; json=out.json writes a file; repeatable",
    ),
    ("listing", "Form of the list: pretty (default) or json"),
    ("output", "File to write: results, or the baseline"),
    ("fail_on", "From which severity on the check fails: error (default), warning, advice or never"),
    ("baseline", "Count only findings that are not in this file, which guiju baseline writes"),
    ("since", "Only reports changed since this revision of git, such as origin/main"),
    ("force_exclude", "Heed the project's `exclude` for files named one by one too, as pre-commit names them"),
    ("evidence", "List passes too and where, and why rules do not apply"),
    ("jobs", "How many reports at a time; default: as many as there are processors"),
    ("progress", "Progress bar: auto (default) or never"),
    ("apart", "What the report is called; it is read from standard input"),
    ("convert", "Read .rtf, .doc and .wps through this program: libreoffice"),
    ("raw", "Of a web page read everything, and not its article alone"),
    ("stdin_filename", "What a report read from standard input (-) is called"),
];

/// Puts all help texts into English.
pub fn in_english(command: clap::Command) -> clap::Command {
    let english = put(command, "");
    english.after_help(
        "Examples:
  guiju check report.txt            Check one report
  guiju check reports               Check all reports of a folder
  guiju explain FZ005 report.txt    What a rule means, and why the report fails it
  guiju outline report.txt          How the report is read: title, year, headings

guiju COMMAND --help shows all that a command takes.",
    )
}

fn put(mut command: clap::Command, path: &str) -> clap::Command {
    if let Some((_, text)) = COMMANDS.iter().find(|(name, _)| *name == path) {
        command = command.about(*text);
    }
    command = command.mut_args(|argument| match text(argument.get_id().as_str()) {
        Some(text) => argument.help(text),
        None => argument,
    });
    command.mut_subcommands(|sub| {
        let name = format!("{path} {}", sub.get_name());
        put(sub, name.trim())
    })
}

fn text(argument: &str) -> Option<&'static str> {
    ARGUMENTS.iter().find(|(name, _)| *name == argument).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    /// Each command and argument has its English text, and no text is left over.
    #[test]
    fn every_help_text_is_there() {
        let mut left: Vec<&str> = ARGUMENTS.iter().map(|(name, _)| *name).collect();
        let mut open = vec![(String::new(), super::super::Cli::command())];
        while let Some((path, command)) = open.pop() {
            assert!(COMMANDS.iter().any(|(name, _)| *name == path), "no English for command {path}");
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                assert!(text(id).is_some(), "no English for {path} {id}");
                left.retain(|name| *name != id);
            }
            for sub in command.get_subcommands() {
                open.push((format!("{path} {}", sub.get_name()).trim().to_owned(), sub.clone()));
            }
        }
        assert_eq!(left, Vec::<&str>::new());
        super::super::Cli::command().debug_assert();
        super::super::command(crate::locale::Locale::Zh).debug_assert();
        super::super::command(crate::locale::Locale::En).debug_assert();
    }
}
