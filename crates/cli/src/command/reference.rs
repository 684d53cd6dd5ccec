//! `weir reference`: pages of `docs/reference/`, from the code itself.

use std::fmt::Write as _;

use clap::{Arg, CommandFactory};

use crate::args::{Cli, Reference, Topic};
use crate::exit::ExitStatus;

/// Print one page.
pub(crate) fn run(args: &Reference) -> anyhow::Result<ExitStatus> {
    let page = match args.topic {
        Topic::Cli => cli_page(),
        Topic::Codes => codes_page(),
        Topic::Commands => commands_page(),
        Topic::Functions => functions_page(),
        Topic::Datasets => datasets_page(),
    };
    crate::output::print(&page)?;
    Ok(ExitStatus::Fine)
}

fn cli_page() -> String {
    let mut page = String::from("# Command line\n\nResults go to stdout, everything else to stderr.\n");
    page.push_str("Exit status: 0 fine; 1 findings with `--fail-on-finding`, or errors in content; ");
    page.push_str("2 Weir itself could not do (part of) what was asked.\n");
    let mut root = Cli::command();
    root.build();
    describe(&root, "weir", &mut page);
    page
}

fn describe(command: &clap::Command, path: &str, page: &mut String) {
    let has_children = command.get_subcommands().any(|child| child.get_name() != "help");
    if !has_children {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        push(page, format_args!("\n## `{path}`\n\n{about}.\n"));
        options(command, page);
        if let Some(after) = command.get_after_help() {
            push(page, format_args!("\n```text\n{}\n```\n", after.to_string().trim_end()));
        }
    }
    for child in command.get_subcommands().filter(|child| !child.is_hide_set() && child.get_name() != "help") {
        describe(child, &format!("{path} {}", child.get_name()), page);
    }
}

fn options(command: &clap::Command, page: &mut String) {
    let own = |argument: &&Arg| !["help", "version", "color", "verbose"].contains(&argument.get_id().as_str());
    let arguments: Vec<&Arg> = command.get_arguments().filter(own).collect();
    if arguments.is_empty() {
        return;
    }
    page.push_str("\n| argument | meaning |\n|---|---|\n");
    for argument in arguments {
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        push(page, format_args!("| `{}` | {} |\n", spelling(argument), help.replace('|', "\\|").replace('\n', " ")));
    }
}

fn spelling(argument: &Arg) -> String {
    let names = argument.get_value_names().unwrap_or_default();
    let value: Vec<&str> = names.iter().map(clap::builder::Str::as_str).collect();
    let value = value.join(" ");
    match argument.get_long() {
        None => value,
        Some(long) if argument.get_action().takes_values() => format!("--{long} {value}"),
        Some(long) => format!("--{long}"),
    }
}

fn codes_page() -> String {
    let mut page = String::from(
        "# Diagnostic codes\n\nA code never changes its meaning.\n`weir explain CODE` prints one of them.\n",
    );
    for entry in diag::codes::ALL {
        push(
            &mut page,
            format_args!("\n## {}: {}\n\n{}\n", entry.code.0, entry.title, entry.explanation.replace(". ", ".\n")),
        );
    }
    page
}

fn datasets_page() -> String {
    let mut page = String::from(
        "# Data models and datasets\n\nFields carry no prefix here: `Processes.dest` in a search is `dest` of `Endpoint.Processes`.\n",
    );
    for model in cim::MODELS {
        push(&mut page, format_args!("\n## {} (CIM {})\n", model.name, model.version));
        for dataset in model.datasets {
            push(&mut page, format_args!("\n### `{}`\n\nTags: {}.\n\n", dataset.id, dataset.tags.join(", ")));
            page.push_str("| field | meaning |\n|---|---|\n");
            for field in dataset.all_fields() {
                push(&mut page, format_args!("| `{}` | {} |\n", field.name, field.description));
            }
        }
    }
    page
}

fn push(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    if page.write_fmt(text).is_err() {
        page.push('\n');
    }
}

fn commands_page() -> String {
    let mut page = String::from(
        "# SPL commands\n\nCommands that Weir runs come first, then those that it knows and refuses.\n\
         A search with a refused command is `unsupported` and does not run.\n\
         A command differs from Splunk's manual where it says so here, and in nothing else that is known.\n",
    );
    let supported: Vec<&str> = plan::supported_commands().collect();
    let mut refused: Vec<&str> = spl::command::all_names().filter(|name| !supported.contains(name)).collect();
    refused.sort_unstable();
    refused.dedup();
    for command in spl::command::TYPED.iter().filter(|command| supported.contains(&command.name)) {
        push(
            &mut page,
            format_args!("\n## {}\n\n{}\n\n```text\n{}\n```\n", command.name, command.summary, command.syntax),
        );
        for alias in command.aliases {
            push(&mut page, format_args!("\nAlso written `{alias}`.\n"));
        }
        differences(spl::command::differences::of_command(command.name), &mut page);
        page.push_str("\nForms:\n\n```spl\n");
        for example in command.examples {
            push(&mut page, format_args!("{example}\n"));
        }
        page.push_str("```\n");
    }
    push(&mut page, format_args!("\n## Known and refused\n\n`{}`\n", refused.join("`, `")));
    page
}

/// What differs from Splunk, where something does.
fn differences(known: &[&str], page: &mut String) {
    if !known.is_empty() {
        page.push_str("\nDiffers from Splunk:");
    }
    match known {
        [] => {}
        [one] => push(page, format_args!(" {one}\n")),
        several => {
            page.push_str("\n\n");
            several.iter().for_each(|one| push(page, format_args!("- {one}\n")));
        }
    }
}

fn functions_page() -> String {
    let mut page = String::from(
        "# Functions\n\nEval functions and aggregates that Weir runs, then those that it knows and refuses.\n\
         Every example is run by the tests.\n\
         A function differs from Splunk's manual where it says so here, and in nothing else that is known.\n\n## Eval functions\n",
    );
    for function in engine::function::FUNCTIONS {
        push(&mut page, format_args!("\n### `{}`\n\n{}\n", function.signature, function.summary));
        differences(spl::command::differences::of_function(function.name), &mut page);
        examples(function.examples, &mut page);
    }
    page.push_str("\n## Aggregates\n");
    for aggregate in engine::aggregate::AGGREGATES {
        push(&mut page, format_args!("\n### `{}`\n\n{}\n", aggregate.signature, aggregate.summary));
        differences(spl::command::differences::of_function(aggregate.name), &mut page);
        let values = |values: &[&str]| if values.is_empty() { "no value".to_owned() } else { values.join(", ") };
        let shown: Vec<(String, &str)> = aggregate.examples.iter().map(|(of, gives)| (values(of), *gives)).collect();
        let shown: Vec<(&str, &str)> = shown.iter().map(|(of, gives)| (of.as_str(), *gives)).collect();
        examples(&shown, &mut page);
    }
    let evals = spl::function::EVALS.iter().map(|function| function.name);
    let evals: Vec<&str> = evals.filter(|name| !plan::SUPPORTED_FUNCTIONS.contains(name)).collect();
    let aggregates = spl::function::AGGREGATES.iter().map(|aggregate| aggregate.name);
    let aggregates: Vec<&str> = aggregates.filter(|name| !plan::SUPPORTED_AGGREGATES.contains(name)).collect();
    push(&mut page, format_args!("\n## Known and refused\n\nEval functions: `{}`.\n", evals.join("`, `")));
    push(&mut page, format_args!("\nAggregates: `{}`.\n", aggregates.join("`, `")));
    page
}

fn examples(examples: &[(&str, &str)], page: &mut String) {
    if examples.is_empty() {
        return;
    }
    page.push_str("\n| expression | gives |\n|---|---|\n");
    for (expression, result) in examples {
        push(page, format_args!("| `{}` | `{}` |\n", expression.replace('|', "\\|"), result.replace('|', "\\|")));
    }
}
