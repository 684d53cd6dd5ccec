//! `detections/**/*.yml` and `baselines/*.yml`, in the three generations of the schema.

use diag::{Severity, codes};
use text::Mapped;

use crate::attack;
use crate::door::{Door, Fields, Placed};
use crate::model::{
    AnalyticType, Annotations, Detection, Drilldown, Generation, Schedule, Status, Test, TestData,
};
use crate::schema::outcome::{self, Outcome};
use crate::schema::{Mention, Read, Target, is_date, is_uuid, schedule};
use crate::yaml::Node;

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
    let reader = Reader {
        door,
        top,
        tags,
        role,
        generation,
        mentions: Vec::new(),
    };
    reader.read()
}

/// The newest generation whose keys the file uses.
fn generation(top: &Fields<'_, '_>, tags: Option<&Fields<'_, '_>>) -> Generation {
    let six = [
        "finding",
        "intermediate_findings",
        "threat_objects",
        "modification_date",
        "creation_date",
        "analytic_story",
    ];
    let four = [
        "observable",
        "risk_score",
        "confidence",
        "impact",
        "message",
        "required_fields",
    ];
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
        let name = self
            .top
            .need(self.door, "name")
            .and_then(|node| placed(self.door, "name", node));
        let id = self.id();
        let version = self
            .top
            .expect(self.door, "version")
            .and_then(|node| self.door.whole("version", node, 0..=u32::MAX));
        let kind = self.kind();
        let status = self.status();
        let date = self.date();
        let search = self
            .top
            .need(self.door, "search")
            .and_then(|node| self.door.mapped("search", node));
        let author = self.text("author");
        let description = self.text("description");
        let how_to_implement = self.text("how_to_implement");
        let known_false_positives = self.text("known_false_positives");
        let references = self
            .top
            .get("references")
            .map(|node| self.door.texts("references", node))
            .unwrap_or_default();
        let data_sources = self.data_sources();
        let stories = self.stories();
        let annotations = self.annotations(kind);
        let asset_type = self.tag_text("asset_type");
        let security_domain = self.tag_text("security_domain");
        let outcome = self.outcome(kind.unwrap_or(AnalyticType::Hunting));
        let drilldowns = self.drilldowns();
        let tests = self.tests();
        let schedule = self.schedule();
        let throttling = self
            .tag("throttling")
            .and_then(|node| schedule::throttling(self.door, node));
        let manual_test = self
            .tag("manual_test")
            .and_then(|node| self.door.remark("manual_test", node));
        let baselines = self.mention_all("baselines", Target::Baseline);
        let enabled = self
            .top
            .get("enabled_by_default")
            .and_then(|node| self.door.boolean("enabled_by_default", node));
        self.skip_unused();
        self.check_generation();
        let (generation, mentions) = (self.generation, self.mentions);
        if let Some(tags) = self.tags {
            tags.close(self.door, generation == Generation::Six);
        }
        self.top.close(self.door, generation == Generation::Six);
        let (name, id) = (name?, id?);
        let mut annotations = annotations;
        derive_annotations(&mut annotations, kind?, &security_domain);
        let value = Detection {
            name: name.0.clone(),
            id: id.0.clone(),
            version: version.unwrap_or(1),
            author,
            date,
            status,
            kind: kind?,
            description,
            data_sources,
            search: search?,
            how_to_implement,
            known_false_positives,
            references: references.into_iter().map(|(link, _)| link).collect(),
            stories,
            asset_type,
            security_domain,
            annotations,
            finding: outcome.finding,
            entities: outcome.entities,
            threat_objects: outcome.threat_objects,
            drilldowns,
            tests,
            schedule,
            throttling,
            manual_test,
            enabled_by_default: enabled.unwrap_or(false),
            generation,
            baselines,
            file: self.door.file,
            name_at: name.1,
        };
        Some(Read {
            value,
            name,
            id: Some(id),
            mentions,
        })
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

    fn tag_text(&mut self, key: &'static str) -> String {
        let demanded = self.role == Role::Detection;
        let node = if demanded {
            self.expect_tag(key)
        } else {
            self.tag(key)
        };
        node.and_then(|node| self.door.remark(key, node))
            .unwrap_or_default()
    }

    fn text(&mut self, key: &'static str) -> String {
        self.top
            .expect(self.door, key)
            .and_then(|node| self.door.remark(key, node))
            .unwrap_or_default()
    }

    fn id(&mut self) -> Option<Placed> {
        let node = self.top.need(self.door, "id")?;
        let (id, at) = placed(self.door, "id", node)?;
        if !is_uuid(&id) {
            self.door
                .bad(node.span, format!("`id` is `{id}`, expected a UUID"));
        }
        Some((id.to_ascii_lowercase(), at))
    }

    fn kind(&mut self) -> Option<AnalyticType> {
        let node = self.top.need(self.door, "type")?;
        let is_baseline = self.role == Role::Baseline;
        let known = AnalyticType::ALL.map(|kind| (kind.as_str(), kind));
        let fitting: Vec<_> = known
            .into_iter()
            .filter(|(_, kind)| (*kind == AnalyticType::Baseline) == is_baseline)
            .collect();
        self.door.choice("type", node, &fitting)
    }

    /// Baselines of ESCU 4 have no status.
    fn status(&mut self) -> Status {
        let node = match self.role {
            Role::Detection => self.top.expect(self.door, "status"),
            Role::Baseline => self.top.get("status"),
        };
        let known = Status::ALL.map(|status| (status.as_str(), status));
        node.and_then(|node| self.door.choice("status", node, &known))
            .unwrap_or(Status::Production)
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
            self.door.bad(
                node.span,
                format!("`{date}` is no date, expected `YYYY-MM-DD`"),
            );
        }
        date
    }

    /// `data_source` in every generation; two files of ESCU 4 write `data_sources`.
    fn data_sources(&mut self) -> Vec<String> {
        let node = self
            .top
            .get("data_source")
            .or_else(|| self.top.get("data_sources"));
        let names = node
            .map(|node| self.door.texts("data_source", node))
            .unwrap_or_default();
        for (name, at) in &names {
            for part in name.split(" AND ") {
                self.mentions.push(Mention {
                    target: Target::DataSource,
                    name: part.trim().to_owned(),
                    at: *at,
                });
            }
        }
        names.into_iter().map(|(name, _)| name).collect()
    }

    fn stories(&mut self) -> Vec<String> {
        let node = self.expect_tag("analytic_story");
        let names = node
            .map(|node| self.door.texts("analytic_story", node))
            .unwrap_or_default();
        self.remember(names, Target::Story)
    }

    /// Names of other content under a key.
    fn mention_all(&mut self, key: &'static str, target: Target) -> Vec<String> {
        let names = self
            .top
            .get(key)
            .map(|node| self.door.texts(key, node))
            .unwrap_or_default();
        self.remember(names, target)
    }

    fn remember(&mut self, names: Vec<Placed>, target: Target) -> Vec<String> {
        for (name, at) in &names {
            self.mentions.push(Mention {
                target,
                name: name.clone(),
                at: *at,
            });
        }
        names.into_iter().map(|(name, _)| name).collect()
    }

    fn annotations(&mut self, kind: Option<AnalyticType>) -> Annotations {
        let techniques = self
            .tag("mitre_attack_id")
            .map(|node| self.door.texts("mitre_attack_id", node))
            .unwrap_or_default();
        for (id, at) in &techniques {
            if attack::is_technique_id(id) {
                self.mentions.push(Mention {
                    target: Target::Technique,
                    name: id.clone(),
                    at: *at,
                });
            } else {
                let message = format!(
                    "`{id}` is no ATT&CK technique id, expected a form like `T1059` or `T1059.001`"
                );
                self.door.bad(at.span, message);
            }
        }
        let plain = |placed: Vec<Placed>| {
            placed
                .into_iter()
                .map(|(text, _)| text)
                .collect::<Vec<String>>()
        };
        let cve_key = if self.tags.as_ref().is_some_and(|tags| tags.has("CVE")) {
            "CVE"
        } else {
            "cve"
        };
        let cve = self
            .tag(cve_key)
            .map(|node| self.door.texts("cve", node))
            .unwrap_or_default();
        let mut others = Vec::new();
        for key in ["cis20", "kill_chain_phases", "nist"] {
            if let Some(node) = self.tag(key) {
                others.push((key.to_owned(), plain(self.door.texts(key, node))));
            }
        }
        if kind == Some(AnalyticType::Baseline) {
            others.clear();
        }
        Annotations {
            mitre_attack: plain(techniques),
            cve: plain(cve),
            others,
        }
    }

    fn outcome(&mut self, kind: AnalyticType) -> Outcome {
        if self.role == Role::Baseline {
            self.top
                .skip(&["rba", "finding", "intermediate_findings", "threat_objects"]);
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
            let at = self
                .top
                .key_at("type")
                .unwrap_or_else(|| self.top.first_key());
            let message = format!(
                "{} detection has no `{key}`: it adds no risk",
                kind.as_str()
            );
            self.door
                .report(codes::MISSING_KEY, Severity::Warning, at, message);
        }
    }

    fn drilldowns(&mut self) -> Vec<Drilldown> {
        let nodes = self
            .top
            .get("drilldown_searches")
            .map_or(&[][..], |node| self.door.list("drilldown_searches", node));
        nodes
            .iter()
            .filter_map(|node| drilldown(self.door, node))
            .collect()
    }

    fn tests(&mut self) -> Vec<Test> {
        let nodes = self
            .top
            .get("tests")
            .map_or(&[][..], |node| self.door.list("tests", node));
        nodes
            .iter()
            .filter_map(|node| test(self.door, node))
            .collect()
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
        self.mentions.push(Mention {
            target: Target::Schedule,
            name,
            at,
        });
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
        self.top.skip(&[
            "atomic_guid",
            "group",
            "deprecation_info",
            "data_source",
            "data_sources",
        ]);
        if self.role == Role::Baseline {
            let detections = self
                .tag("detections")
                .map(|node| self.door.texts("detections", node))
                .unwrap_or_default();
            self.remember(detections, Target::Detection);
        }
        let Some(tags) = &mut self.tags else { return };
        tags.skip(&[
            "product",
            "atomic_guid",
            "group",
            "research_site_url",
            "event_schema",
            "mappings",
            "category",
        ]);
        if self.generation == Generation::Four || self.role == Role::Baseline {
            tags.skip(&[
                "required_fields",
                "context",
                "dataset",
                "supported_tas",
                "automated_detection_testing",
            ]);
            tags.skip(&[
                "observable",
                "risk_score",
                "confidence",
                "impact",
                "message",
            ]);
        }
    }

    /// Two generations in one file: one of them would be passed over in silence.
    fn check_generation(&mut self) {
        let newer = ["finding", "intermediate_findings", "threat_objects"]
            .into_iter()
            .find(|key| self.top.has(key));
        if let (Some(newer), Some(at)) = (newer, self.top.key_at("rba")) {
            let message = format!("`rba` is ESCU 5 and `{newer}` is ESCU 6: keep one of them");
            self.door.bad(at, message);
            self.top
                .skip(&["finding", "intermediate_findings", "threat_objects"]);
        }
    }
}

fn placed(door: &mut Door<'_>, key: &str, node: &Node<'_>) -> Option<Placed> {
    Some((door.remark(key, node)?, door.place(node.span)))
}

fn drilldown(door: &mut Door<'_>, node: &Node<'_>) -> Option<Drilldown> {
    let mut fields = door.fields("drill-down search", node)?;
    let name = fields
        .need(door, "name")
        .and_then(|node| door.text("name", node));
    let search: Option<Mapped> = fields
        .need(door, "search")
        .and_then(|node| door.mapped("search", node));
    let earliest = fields
        .get("earliest_offset")
        .and_then(|node| door.text("earliest_offset", node));
    let latest = fields
        .get("latest_offset")
        .and_then(|node| door.text("latest_offset", node));
    fields.close(door, false);
    Some(Drilldown {
        name: name?,
        search: search?.text,
        earliest_offset: earliest.unwrap_or_else(|| "$info_min_time$".to_owned()),
        latest_offset: latest.unwrap_or_else(|| "$info_max_time$".to_owned()),
    })
}

fn test(door: &mut Door<'_>, node: &Node<'_>) -> Option<Test> {
    let mut fields = door.fields("test", node)?;
    let name = fields
        .need(door, "name")
        .and_then(|node| door.text("name", node));
    let nodes = fields
        .get("attack_data")
        .map_or(&[][..], |node| door.list("attack_data", node));
    let data = nodes
        .iter()
        .filter_map(|node| test_data(door, node))
        .collect();
    fields.skip(&[
        "test_type",
        "description",
        "pass_condition",
        "earliest_time",
        "latest_time",
        "file",
    ]);
    fields.close(door, false);
    Some(Test { name: name?, data })
}

fn test_data(door: &mut Door<'_>, node: &Node<'_>) -> Option<TestData> {
    let mut fields = door.fields("attack_data", node)?;
    let data = fields
        .need(door, "data")
        .and_then(|node| door.text("data", node));
    let source = fields
        .need(door, "source")
        .and_then(|node| door.text("source", node));
    let sourcetype = fields
        .need(door, "sourcetype")
        .and_then(|node| door.text("sourcetype", node));
    let host = fields.get("host").and_then(|node| door.text("host", node));
    fields.skip(&["custom_index", "update_timestamp", "file_name"]);
    fields.close(door, false);
    Some(TestData {
        data: data?,
        source: source?,
        sourcetype: sourcetype?,
        host,
    })
}

/// The annotations that contentctl 5 adds when it builds the app: CIS by security domain, NIST by type, kill chain
/// phases by tactic.
fn derive_annotations(annotations: &mut Annotations, kind: AnalyticType, security_domain: &str) {
    if kind == AnalyticType::Baseline {
        return;
    }
    let cis = if security_domain == "network" {
        "CIS 13"
    } else {
        "CIS 10"
    };
    let nist = if kind == AnalyticType::Ttp {
        "DE.CM"
    } else {
        "DE.AE"
    };
    let mut phases: Vec<String> = Vec::new();
    for technique in annotations
        .mitre_attack
        .iter()
        .filter_map(|id| attack::technique(id))
    {
        phases.extend(
            technique
                .tactics
                .iter()
                .map(|tactic| attack::kill_chain_phase(tactic).to_owned()),
        );
    }
    phases.sort();
    phases.dedup();
    let derived = [
        ("cis20", vec![cis.to_owned()]),
        ("kill_chain_phases", phases),
        ("nist", vec![nist.to_owned()]),
    ];
    for (name, values) in derived {
        let written = annotations.others.iter().any(|(known, _)| known == name);
        if !written && !values.is_empty() {
            annotations.others.push((name.to_owned(), values));
        }
    }
    annotations.others.sort();
}
