//! `weir content show`: one detection with every part of it, in the order of its page in ESCU.

use content::{Content, Deployment, Detection, Schedule};
use detect::CompiledDetection;

use crate::args::ContentShow;
use crate::command::content_list::verdict_style;
use crate::exit::ExitStatus;
use crate::session::{self, Loaded, verdict_name};
use crate::style::{self, paint};
use crate::table::{Align, Cell, Table};

/// Show one detection.
pub(crate) fn run(args: &ContentShow) -> anyhow::Result<ExitStatus> {
    let loaded = Loaded::new(&args.content.content, session::geoip(None).as_deref())?;
    let (detection, compiled) = loaded.find(&args.name)?;
    let mut page = Page { text: String::new(), width: crate::output::width().min(110) };
    let content = &loaded.content;
    page.title(detection, compiled);
    page.section("Description", &detection.description);
    page.search(detection, compiled);
    page.list("Data sources", &detection.data_sources);
    page.macros(content, compiled);
    page.annotations(detection);
    page.configuration(content, detection);
    page.section("Implementation", &detection.how_to_implement);
    page.section("Known false positives", &detection.known_false_positives);
    page.list("Analytic stories", &detection.stories);
    page.outcome(detection);
    page.list("References", &detection.references);
    page.tests(detection);
    page.verdict(content, compiled);
    crate::output::print(&page.text)?;
    Ok(ExitStatus::Fine)
}

struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        self.text.push('\n');
        self.line(&paint(style::HEADING, heading));
    }

    fn section(&mut self, heading: &str, body: &str) {
        if body.trim().is_empty() {
            return;
        }
        self.heading(heading);
        for line in wrap(body, self.width - 2) {
            self.line(&format!("  {line}"));
        }
    }

    fn list(&mut self, heading: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        self.heading(heading);
        for item in items {
            self.line(&format!("  {item}"));
        }
    }

    fn table(&mut self, heading: &str, table: &Table) {
        self.heading(heading);
        let rendered = table.render(self.width);
        self.text.push_str(&rendered);
    }

    fn title(&mut self, detection: &Detection, compiled: &CompiledDetection) {
        self.line(&paint(style::HEADING.fg_color(style::NAME.get_fg_color()), &detection.name));
        self.line(&format!(
            "  {} · {} · version {} · {} · {} · {}",
            detection.kind.as_str(),
            detection.status.as_str(),
            detection.version,
            detection.date,
            detection.id,
            paint(verdict_style(compiled.verdict), verdict_name(compiled.verdict))
        ));
    }

    fn search(&mut self, detection: &Detection, compiled: &CompiledDetection) {
        self.heading("Search");
        for line in lines_of_search(&detection.search.text) {
            self.line(&format!("  {line}"));
        }
        self.heading("Search after macro expansion");
        for line in lines_of_search(&compiled.expanded.text) {
            self.line(&format!("  {}", paint(style::DIM, line)));
        }
    }

    fn macros(&mut self, content: &Content, compiled: &CompiledDetection) {
        let mut table = Table::new(&[("name", Align::Left), ("value", Align::Left)]);
        for name in &compiled.macros {
            // A filter macro that nobody defined lets every row through.
            let known = content.macros.iter().find(|known| known.name == *name);
            let definition = known.map_or("search *", |known| known.definition.text.trim());
            table.push(vec![Cell::styled(name.clone(), style::NAME), Cell::plain(definition)]);
        }
        self.table("Macros used", &table);
        let filter = compiled.macros.iter().find(|name| name.ends_with("_filter"));
        if let Some(filter) = filter {
            self.line(&format!(
                "\n  Override `{filter}` in a macros/ file of your own content folder to filter results without editing the search."
            ));
        }
    }

    fn annotations(&mut self, detection: &Detection) {
        if detection.annotations.mitre_attack.is_empty() {
            return;
        }
        let mut table = Table::new(&[("ATT&CK", Align::Left), ("technique", Align::Left), ("tactics", Align::Left)]);
        for id in &detection.annotations.mitre_attack {
            let technique = content::attack::technique(id);
            let name = technique.map_or("(not in ATT&CK's list)", |technique| technique.name);
            let tactics: Vec<&str> =
                technique.iter().flat_map(|technique| technique.tactics.iter().map(|tactic| tactic.name)).collect();
            table.push(vec![Cell::plain(id.clone()), Cell::plain(name), Cell::plain(tactics.join(", "))]);
        }
        self.table("Annotations", &table);
    }

    fn configuration(&mut self, content: &Content, detection: &Detection) {
        let deployment = content.deployment(detection.kind);
        let schedule = content.schedule_of(detection);
        let mut table = Table::new(&[("setting", Align::Left), ("value", Align::Left)]);
        for (setting, value) in settings(schedule, deployment) {
            table.push(vec![Cell::plain(setting), Cell::plain(value)]);
        }
        self.table("Default configuration", &table);
    }

    fn outcome(&mut self, detection: &Detection) {
        if let Some(finding) = &detection.finding {
            self.section("Finding", &finding.title);
        }
        if !detection.entities.is_empty() {
            let mut table =
                Table::new(&[("entity field", Align::Left), ("type", Align::Left), ("score", Align::Right)]);
            for entity in &detection.entities {
                table.push(vec![
                    Cell::styled(entity.field.clone(), style::NAME),
                    Cell::plain(entity.kind.clone()),
                    Cell::styled(entity.score.to_string(), style::score_style(f64::from(entity.score))),
                ]);
            }
            self.table("Intermediate findings (risk)", &table);
            self.messages(detection);
        }
        if !detection.threat_objects.is_empty() {
            let mut table = Table::new(&[("threat object field", Align::Left), ("type", Align::Left)]);
            for threat in &detection.threat_objects {
                table.push(vec![Cell::styled(threat.field.clone(), style::NAME), Cell::plain(threat.kind.clone())]);
            }
            self.table("Threat objects", &table);
        }
    }

    /// The messages in full, each once with the fields it is for.
    fn messages(&mut self, detection: &Detection) {
        let mut messages: Vec<(&str, Vec<&str>)> = Vec::new();
        for entity in &detection.entities {
            match messages.iter_mut().find(|(message, _)| *message == entity.message) {
                Some((_, fields)) => fields.push(&entity.field),
                None => messages.push((&entity.message, vec![&entity.field])),
            }
        }
        for (message, fields) in messages {
            self.section(&format!("Message for {}", fields.join(", ")), message);
        }
    }

    fn tests(&mut self, detection: &Detection) {
        if detection.tests.is_empty() {
            return;
        }
        let mut table = Table::new(&[
            ("test", Align::Left),
            ("sourcetype", Align::Left),
            ("source", Align::Left),
            ("data", Align::Left),
        ]);
        for test in &detection.tests {
            for data in &test.data {
                table.push(vec![
                    Cell::plain(test.name.clone()),
                    Cell::plain(data.sourcetype.clone()),
                    Cell::plain(data.source.clone()),
                    Cell::plain(data.data.rsplit('/').next().unwrap_or_default()),
                ]);
            }
        }
        self.table("Tests", &table);
    }

    fn verdict(&mut self, content: &Content, compiled: &CompiledDetection) {
        self.heading("Verdict");
        let verdict = paint(verdict_style(compiled.verdict), verdict_name(compiled.verdict));
        self.line(&format!("  {verdict}; result fields: {}", compiled.output.fields.join(", ")));
        for report in &compiled.reports {
            let rendered = diag::render_text(report, &content.files, diag::Style::Colour);
            self.line(&format!("\n{rendered}"));
        }
    }
}

fn settings(schedule: Option<&Schedule>, deployment: Option<&Deployment>) -> Vec<(&'static str, String)> {
    let yes_no = |flag: bool| if flag { "yes" } else { "no" }.to_owned();
    let mut settings = Vec::new();
    if let Some(deployment) = deployment {
        settings.push(("Disabled", deployment.disabled.to_string()));
    }
    if let Some(schedule) = schedule {
        settings.push(("Cron schedule", schedule.cron.clone()));
        settings.push(("Earliest time", schedule.earliest.clone()));
        settings.push(("Latest time", schedule.latest.clone()));
        settings.push(("Schedule window", schedule.window.clone()));
    }
    if let Some(deployment) = deployment {
        settings.push(("Creates finding (notable)", yes_no(deployment.creates_finding)));
        settings.push(("Creates intermediate finding (risk event)", yes_no(deployment.creates_intermediate_findings)));
    }
    settings
}

/// One line a pipe.
fn lines_of_search(search: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in search.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line.strip_prefix('|') {
            Some(rest) => lines.push(format!("| {}", rest.trim())),
            None => lines.push(if lines.is_empty() { line.to_owned() } else { format!("    {line}") }),
        }
    }
    lines
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n") {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}
