//! The `Risk` data model: risk events: the intermediate findings of Enterprise Security.

use super::build::{asset_list, assets, multi, number, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel { name: "Risk", version: VERSION, datasets: &[&ALL_RISK] };

/// A score that an entity was given.
static ALL_RISK: Dataset = Dataset {
    id: DatasetId { model: "Risk", dataset: "All_Risk" },
    parent: None,
    tags: &["risk"],
    conditions: &[],
    fields: &[
        multi("analyticstories", "Analytic stories of the detection."),
        multi("annotations", "Annotations of the detection, as JSON."),
        multi("annotations._all", "Every annotation value."),
        multi("annotations._frameworks", "Frameworks that the annotations name."),
        multi("annotations.mitre_attack", "ATT&CK technique ids."),
        multi("annotations.mitre_attack.mitre_description", "ATT&CK's description of the techniques."),
        multi("annotations.mitre_attack.mitre_detection", "ATT&CK's detection notes of the techniques."),
        multi("annotations.mitre_attack.mitre_tactic", "ATT&CK tactics."),
        multi("annotations.mitre_attack.mitre_tactic_id", "ATT&CK tactic ids."),
        multi("annotations.mitre_attack.mitre_technique", "ATT&CK technique names."),
        multi("annotations.mitre_attack.mitre_technique_id", "ATT&CK technique ids."),
        number("calculated_risk_score", "The score after risk factors."),
        text("cim_entity_zone", "Zone that tells entities of one name apart."),
        text("control", "Control that the risk refers to."),
        text("creator", "Who made the risk event."),
        text("description", "What it is, in words."),
        text("governance", "Governance that the risk refers to."),
        text("normalized_risk_object", "The entity, one name for all its aliases."),
        text("risk_event_id", "Id of the risk event."),
        text("risk_factor_add", "What risk factors can add."),
        number("risk_factor_add_matched", "What matching risk factors added."),
        text("risk_factor_mult", "What risk factors can multiply by."),
        number("risk_factor_mult_matched", "What matching risk factors multiplied by."),
        text("risk_message", "The sentence about the risk."),
        text("risk_object", "The entity as the event named it.").or_unknown(),
        assets("risk_object_bunit"),
        asset_list("risk_object_category"),
        assets("risk_object_priority"),
        text("risk_object_type", "User, system or other.").or_unknown(),
        number("risk_score", "The score before risk factors."),
        text("savedsearch_description", "Description of the detection."),
        text("search_name", "Name of the detection."),
        multi("tag", "Tags of the event."),
        multi("threat_object", "Attacker's artefacts."),
        multi("threat_object_type", "Types of the attacker's artefacts, in the same order."),
    ],
};
