//! `detections/**/*.yml` and `baselines/*.yml`, in the three generations of the schema.

use diag::{Severity, codes};
use text::Mapped;

use crate::attack;
use crate::door::{Door, Fields, Placed};
use crate::model::{AnalyticType, Annotations, Detection, Drilldown, Generation, Schedule, Status, Test};
use crate::schema::outcome::{self, Outcome};
use crate::schema::{Mention, Read, Target, is_date, is_uuid, schedule};
use crate::yaml::Node;

mod parts;

/// A detection or a baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Detection,
    Baseline,
}

/// Read a detection or a baseline. A report of severity error means that it must not run; it is still given when its
/// name, id and search could be read, so that it can be shown.
pub(crate) fn read(door: &mut Door<'_>, node: &Node<'_>, role: Role) -> Option<Read<Detection>> {
    let what = match role {
        Role::Detection => "detection",
        Role::Baseline => "baseline",
    };
    let mut top = door.fields(what, node)?;
    let tags = top.get("tags").and_then(|node| door.fields("tags", node));
    let generation = generation(&top, tags.as_ref());
    let reader = Reader { door, top, tags, role, generation, mentions: Vec::new() };
    reader.read()
}

/// The newest generation whose keys the file uses.
fn generation(top: &Fields<'_, '_>, tags: Option<&Fields<'_, '_>>) -> Generation {
    let six =
        ["finding", "intermediate_findings", "threat_objects", "modification_date", "creation_date", "analytic_story"];
    let four = ["observable", "risk_score", "confidence", "impact", "message", "required_fields"];
    if top.has("rba") {
        Generation::Five
    } else if six.iter().any(|key| top.has(key)) {
        Generation::Six
    } else if tags.is_some_and(|tags| four.iter().any(|key| tags.has(key))) {
        Generation::Four
    } else {
        Generation::Five
    }
}

struct Reader<'d, 's, 'n, 'a> {
    door: &'d mut Door<'s>,
    top: Fields<'n, 'a>,
    tags: Option<Fields<'n, 'a>>,
    role: Role,
    generation: Generation,
    mentions: Vec<Mention>,
}

impl<'n, 'a> Reader<'_, '_, 'n, 'a> {
    fn read(mut self) -> Option<Read<Detection>> {
        let name = self.top.need_placed(self.door, "name");
        let id = self.id();
        let kind = self.kind();
        let search = self.top.need_mapped(self.door, "search");
        // A type that cannot be read creates nothing; the report about it keeps the detection from running.
        let mut value = self.describe(kind.unwrap_or(AnalyticType::Hunting));
        self.skip_unused();
        self.check_generation();
        let is_strict = self.generation == Generation::Six;
        if let Some(tags) = self.tags {
            tags.close(self.door, is_strict);
        }
        self.top.close(self.door, is_strict);
        let (name, id) = (name?, id?);
        kind?;
        value.name.clone_from(&name.0);
        value.name_at = name.1;
        value.id.clone_from(&id.0);
        value.search = search?;
        Some(Read { value, name, id: Some(id), mentions: self.mentions })
    }

    /// Everything but name, id and search, which [`Self::read`] puts in.
    fn describe(&mut self, kind: AnalyticType) -> Detection {
        let security_domain = self.tag_text("security_domain");
        let outcome = self.outcome(kind);
        Detection {
            name: String::new(),
            id: String::new(),
            search: Mapped::default(),
            version: self.version(),
            author: self.top.expect_remark(self.door, "author"),
            date: self.date(),
            status: self.status(),
            kind,
            description: self.top.expect_remark(self.door, "description"),
            data_sources: self.data_sources(),
            how_to_implement: self.top.expect_remark(self.door, "how_to_implement"),
            known_false_positives: self.top.expect_remark(self.door, "known_false_positives"),
            references: self.top.texts(self.door, "references"),
            stories: self.stories(),
            asset_type: self.tag_text("asset_type"),
            annotations: self.annotations(kind, &security_domain),
            security_domain,
            finding: outcome.finding,
            entities: outcome.entities,
            threat_objects: outcome.threat_objects,
            drilldowns: self.drilldowns(),
            tests: self.tests(),
            schedule: self.schedule(),
            throttling: self.tag("throttling").and_then(|node| schedule::throttling(self.door, node)),
            manual_test: self.tag("manual_test").and_then(|node| self.door.remark("manual_test", node)),
            enabled_by_default: self.top.boolean(self.door, "enabled_by_default").unwrap_or(false),
            generation: self.generation,
            baselines: self.baselines(),
            file: self.door.file,
            name_at: self.door.place(self.top.at),
        }
    }

    fn version(&mut self) -> u32 {
        let node = self.top.expect(self.door, "version");
        node.and_then(|node| self.door.whole("version", node, 0..=u32::MAX)).unwrap_or(1)
    }

    /// A key of the `tags` block, or of the top where ESCU 6 has it.
    fn tag(&mut self, key: &'static str) -> Option<&'n Node<'a>> {
        let in_tags = self.tags.as_mut().and_then(|tags| tags.get(key));
        in_tags.or_else(|| self.top.get(key))
    }

    /// Such a key that the schema demands.
    fn expect_tag(&mut self, key: &'static str) -> Option<&'n Node<'a>> {
        match &mut self.tags {
            Some(tags) if tags.has(key) || !self.top.has(key) => tags.expect(self.door, key),
            _ => self.top.expect(self.door, key),
        }
    }

    /// A list in such a key.
    fn tag_texts(&mut self, key: &'static str) -> Vec<Placed> {
        self.tag(key).map(|node| self.door.texts(key, node)).unwrap_or_default()
    }

    fn tag_text(&mut self, key: &'static str) -> String {
        let demanded = self.role == Role::Detection;
        let node = if demanded { self.expect_tag(key) } else { self.tag(key) };
        node.and_then(|node| self.door.remark(key, node)).unwrap_or_default()
    }

    fn id(&mut self) -> Option<Placed> {
        let node = self.top.need(self.door, "id")?;
        let (id, at) = placed(self.door, "id", node)?;
        if !is_uuid(&id) {
            self.door.bad(node.span, format!("`id` is `{id}`, expected a UUID"));
        }
        Some((id.to_ascii_lowercase(), at))
    }

    /// Baselines of ESCU 6 have no type.
    fn kind(&mut self) -> Option<AnalyticType> {
        let is_baseline = self.role == Role::Baseline;
        if is_baseline && !self.top.has("type") {
            return Some(AnalyticType::Baseline);
        }
        let node = self.top.need(self.door, "type")?;
        let known = AnalyticType::ALL.map(|kind| (kind.as_str(), kind));
        let fits = |kind: &AnalyticType| (*kind == AnalyticType::Baseline) == is_baseline;
        let fitting: Vec<_> = known.into_iter().filter(|(_, kind)| fits(kind)).collect();
        self.door.choice("type", node, &fitting)
    }

    /// Baselines of ESCU 4 have no status.
    fn status(&mut self) -> Status {
        let node = match self.role {
            Role::Detection => self.top.expect(self.door, "status"),
            Role::Baseline => self.top.get("status"),
        };
        let known = Status::ALL.map(|status| (status.as_str(), status));
        node.and_then(|node| self.door.choice("status", node, &known)).unwrap_or(Status::Production)
    }

    fn date(&mut self) -> String {
        let created = self.top.get("creation_date");
        let node = match self.top.get("modification_date").or(created) {
            Some(node) => Some(node),
            None if self.generation == Generation::Six && !self.top.has("date") => {
                self.top.expect(self.door, "modification_date")
            }
            None => self.top.expect(self.door, "date"),
        };
        self.top.skip(&["date"]);
        let Some(node) = node else {
            return String::new();
        };
        let date = self.door.text("date", node).unwrap_or_default();
        if !date.is_empty() && !is_date(&date) {
            self.door.bad(node.span, format!("`{date}` is no date, expected `YYYY-MM-DD`"));
        }
        date
    }

    /// `data_source` in every generation; two files of ESCU 4 write `data_sources`.
    fn data_sources(&mut self) -> Vec<String> {
        let node = self.top.get("data_source").or_else(|| self.top.get("data_sources"));
        let names = node.map(|node| self.door.texts("data_source", node)).unwrap_or_default();
        for (name, at) in &names {
            for part in name.split(" AND ") {
                self.mentions.push(Mention { target: Target::DataSource, name: part.trim().to_owned(), at: *at });
            }
        }
        names.into_iter().map(|(name, _)| name).collect()
    }

    fn stories(&mut self) -> Vec<String> {
        let node = match self.role {
            Role::Detection => self.expect_tag("analytic_story"),
            Role::Baseline => self.tag("analytic_story"),
        };
        let names = node.map(|node| self.door.texts("analytic_story", node)).unwrap_or_default();
        self.remember(names, Target::Story)
    }

    fn baselines(&mut self) -> Vec<String> {
        let names = self.top.placed_texts(self.door, "baselines");
        self.remember(names, Target::Baseline)
    }

    fn remember(&mut self, names: Vec<Placed>, target: Target) -> Vec<String> {
        for (name, at) in &names {
            self.mentions.push(Mention { target, name: name.clone(), at: *at });
        }
        names.into_iter().map(|(name, _)| name).collect()
    }

    fn annotations(&mut self, kind: AnalyticType, security_domain: &str) -> Annotations {
        let cve_key = if self.tags.as_ref().is_some_and(|tags| tags.has("CVE")) { "CVE" } else { "cve" };
        let mut annotations = Annotations {
            mitre_attack: self.techniques(),
            cve: self.tag_texts(cve_key).into_iter().map(|(id, _)| id).collect(),
            others: Vec::new(),
        };
        for key in ["cis20", "kill_chain_phases", "nist"] {
            let values: Vec<String> = self.tag_texts(key).into_iter().map(|(value, _)| value).collect();
            if !values.is_empty() {
                annotations.others.push((key.to_owned(), values));
            }
        }
        if self.role == Role::Detection {
            parts::derive_annotations(&mut annotations, kind, security_domain);
        }
        annotations
    }

    fn techniques(&mut self) -> Vec<String> {
        let techniques = self.tag_texts("mitre_attack_id");
        for (id, at) in &techniques {
            if attack::is_technique_id(id) {
                self.mentions.push(Mention { target: Target::Technique, name: id.clone(), at: *at });
            } else {
                let message = format!("`{id}` is no ATT&CK technique id, expected a form like `T1059` or `T1059.001`");
                self.door.bad(at.span, message);
            }
        }
        techniques.into_iter().map(|(id, _)| id).collect()
    }

    fn outcome(&mut self, kind: AnalyticType) -> Outcome {
        if self.role == Role::Baseline {
            self.top.skip(&["rba", "finding", "intermediate_findings", "threat_objects"]);
            return Outcome::default();
        }
        match (self.generation, &mut self.tags) {
            (Generation::Four, Some(tags)) => outcome::four(self.door, tags, kind),
            (Generation::Four, None) => Outcome::default(),
            (Generation::Five, _) => {
                let rba = self.top.get("rba");
                self.nothing_created(rba.is_none(), kind, "rba");
                outcome::five(self.door, rba, kind)
            }
            (Generation::Six, _) => {
                let outcome = outcome::six(self.door, &mut self.top, kind);
                let nothing = !self.top.has("finding") && !self.top.has("intermediate_findings");
                self.nothing_created(nothing, kind, "intermediate_findings");
                outcome
            }
        }
    }

    fn nothing_created(&mut self, nothing: bool, kind: AnalyticType, key: &str) {
        if nothing && matches!(kind, AnalyticType::Ttp | AnalyticType::Anomaly) {
            let at = self.top.key_at("type").unwrap_or_else(|| self.top.first_key());
            let message = format!("{} detection has no `{key}`: it adds no risk", kind.as_str());
            self.door.report(codes::MISSING_KEY, Severity::Warning, at, message);
        }
    }

    fn drilldowns(&mut self) -> Vec<Drilldown> {
        let nodes =
            self.top.get("drilldown_searches").map_or(&[][..], |node| self.door.list("drilldown_searches", node));
        nodes.iter().filter_map(|node| parts::drilldown(self.door, node)).collect()
    }

    fn tests(&mut self) -> Vec<Test> {
        let nodes = self.top.get("tests").map_or(&[][..], |node| self.door.list("tests", node));
        nodes.iter().filter_map(|node| parts::test(self.door, node)).collect()
    }

    /// Its own schedule; one that is named only is filled in by the loader.
    fn schedule(&mut self) -> Option<Schedule> {
        if let Some(node) = self.top.get("deployment") {
            return schedule::inline_deployment(self.door, node);
        }
        if let Some(node) = self.top.get("custom_schedule") {
            return schedule::block(self.door, "custom_schedule", node);
        }
        let node = self.top.get("schedule")?;
        if matches!(node.value, crate::yaml::Value::Map(_)) {
            return schedule::block(self.door, "schedule", node);
        }
        let (name, at) = placed(self.door, "schedule", node)?;
        self.mentions.push(Mention { target: Target::Schedule, name, at });
        None
    }

    fn skip_unused(&mut self) {
        self.top.skip(&[
            "datamodel",
            "deployment",
            "custom_schedule",
            "schedule",
            "explanation",
            "category",
            "product",
        ]);
        self.top.skip(&["atomic_guid", "group", "deprecation_info", "data_source", "data_sources"]);
        if self.role == Role::Baseline {
            let detections = self.tag("detections").map(|node| self.door.texts("detections", node)).unwrap_or_default();
            self.remember(detections, Target::Detection);
        }
        let Some(tags) = &mut self.tags else { return };
        tags.skip(&["product", "atomic_guid", "group", "research_site_url", "event_schema", "mappings", "category"]);
        if self.generation == Generation::Four || self.role == Role::Baseline {
            tags.skip(&["required_fields", "context", "dataset", "supported_tas", "automated_detection_testing"]);
            tags.skip(&["observable", "risk_score", "confidence", "impact", "message"]);
        }
    }

    /// Two generations in one file: one of them would be passed over in silence.
    fn check_generation(&mut self) {
        let newer = ["finding", "intermediate_findings", "threat_objects"].into_iter().find(|key| self.top.has(key));
        if let (Some(newer), Some(at)) = (newer, self.top.key_at("rba")) {
            let message = format!("`rba` is ESCU 5 and `{newer}` is ESCU 6: keep one of them");
            self.door.bad(at, message);
            self.top.skip(&["finding", "intermediate_findings", "threat_objects"]);
        }
    }
}

fn placed(door: &mut Door<'_>, key: &str, node: &Node<'_>) -> Option<Placed> {
    Some((door.remark(key, node)?, door.place(node.span)))
}
