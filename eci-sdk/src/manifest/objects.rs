//! What documents say as types, and what of it does not fit.

use eci_model::group::support;
use eci_model::{FieldPath, Finding, Findings, Fix, Location, ObjectRef, Segment, Severity};

use super::arena::Id;
use super::de::Shape;
use super::document::Document;
use super::fault::{Fault, FaultKind};
use super::kind::TemplateKind;
use super::parsed::{self, OwnedTemplate, Parsed};
use super::scalar::Scalar;
use super::source::{Encoding, excerpt};
use super::typed::{self, Typed};
use super::value::Value;
use super::{kind, locate, rules};
use crate::cluster::FactsDocument;

impl Document {
    /// The typed objects in it, and what does not fit: one for known kinds, one a template for kinds that hold pod templates.
    pub fn objects(&self) -> (Vec<Parsed>, Findings) {
        let mut findings = Findings::new();
        if let Some(fault) = &self.fault {
            findings.add(self.unreadable(fault));
        }
        if let Some(at) = self.source.replaced_in(&(self.base..self.end)) {
            findings.add(self.not_utf8(at));
            return (Vec::new(), findings);
        }
        if self.is_first && self.source.encoding() != Encoding::Utf8 {
            findings.add(self.converted());
        }
        let Some(root) = self.root() else {
            return (Vec::new(), findings);
        };
        self.duplicates(&mut findings);
        if !self.is_object() {
            findings.push(rules::NOT_KUBERNETES.at(self.whole()));
            return (Vec::new(), findings);
        }
        if self.api_version() == parsed::AUTOSCALING_V1 {
            let typed = parsed::read_autoscaler(&self.arena, self.text(), root.id);
            return (self.tell(typed, &mut findings).into_iter().collect(), findings);
        }
        let is_old_selector = (self.api_version(), self.kind()) == parsed::SELECTOR_V1BETA1;
        if (is_old_selector || parsed::api_version(self.kind()) == Some(self.api_version()))
            && let Some(typed) = parsed::read(self.kind(), &self.arena, self.text(), root.id)
        {
            return (self.tell(typed, &mut findings).into_iter().collect(), findings);
        }
        let objects = match TemplateKind::find(self.api_version(), self.kind()) {
            Some(kind) => self.templates(kind, root, &mut findings),
            None => {
                self.other_kind(root, &mut findings);
                Vec::new()
            }
        };
        (objects, findings)
    }
}

impl Document {
    fn templates(&self, kind: &TemplateKind, root: Value<'_>, findings: &mut Findings) -> Vec<Parsed> {
        let metadata = root
            .get("metadata")
            .and_then(|node| typed::read(&self.arena, self.text(), node.id).value);
        let owner: k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta = metadata.unwrap_or_default();
        let mut objects = Vec::new();
        for template in kind::templates(root, kind) {
            let mut typed = typed::read(&self.arena, self.text(), template.value.id);
            typed.notes.unknown.retain(|(node, _)| {
                let path = locate::path_of(&self.arena, self.text(), template.value.id, *node).to_string();
                !path.rsplit('.').next().is_some_and(|field| kind.allows(field))
            });
            if let Some(read) = self.tell(typed, findings) {
                objects.push(Parsed::Template(Box::new(OwnedTemplate {
                    owner_kind: self.kind().to_owned(),
                    owner: owner.clone(),
                    template: read,
                    path: template.path,
                    replicas: template.replicas,
                })));
            }
        }
        objects
    }

    /// Says what is worth knowing of an object whose kind has no type here.
    fn other_kind(&self, root: Value<'_>, findings: &mut Findings) {
        let place = |field: &'static str| Location::new(self.reference(), FieldPath::of(field));
        if FactsDocument::is_one(self.api_version(), self.kind()) {
            return;
        }
        if let Some(successor) = kind::successor(self.api_version(), self.kind()) {
            let finding = rules::API_VERSION_RETIRED
                .at(place("apiVersion"))
                .found(self.api_version().to_owned());
            findings.push(finding.expected(format!("`{successor}`")));
        } else if let Some(path) = kind::look_alike(root) {
            let finding = rules::KIND_NOT_CHECKED
                .at(place("kind"))
                .severity(Severity::Warning)
                .found(self.kind().to_owned());
            findings.push(finding.note(format!("it holds something like a pod template at {path}")));
        } else {
            findings.push(rules::KIND_NOT_CHECKED.at(place("kind")).found(self.kind().to_owned()));
        }
    }

    pub(super) fn tell<T>(&self, typed: Typed<T>, findings: &mut Findings) -> Option<T> {
        for misfit in &typed.misfits {
            if let Some(node) = misfit.node {
                let finding = eci_annotations::not_string(self.location(node), &self.written(node));
                findings.push(finding.filter(|_| !self.is_secret()).unwrap_or_else(|| {
                    let finding = rules::WRONG_TYPE.at(self.location(node)).found(self.written(node));
                    // What does not fit quotes the value.
                    if self.is_secret() {
                        finding
                    } else {
                        finding.title(misfit.to_string())
                    }
                }));
            }
        }
        for (node, shape) in &typed.notes.unknown {
            let field = locate::path_of(&self.arena, self.text(), self.root.unwrap_or(0), *node);
            findings.extend(self.unknown(field, *shape));
        }
        for node in &typed.notes.ambiguous {
            let finding = eci_annotations::not_string(self.location(*node), &self.written(*node));
            let finding = finding.filter(|_| !self.is_secret()).unwrap_or_else(|| {
                let finding = rules::AMBIGUOUS_SCALAR.at(self.location(*node));
                finding.found(self.written(*node))
            });
            findings.push(match self.quoted(*node) {
                Some(fix) => finding.fix(fix),
                None => finding,
            });
        }
        typed.value
    }

    fn unknown(&self, field: FieldPath, shape: Shape) -> Option<Finding> {
        if ["apiVersion", "kind"].contains(&field.to_string().as_str()) {
            // Types of custom resources keep these two to themselves.
            return None;
        }
        let name = field.segments().last().map(|segment| match segment {
            Segment::Field(name) => name.to_string(),
            Segment::Key(key) => key.to_string(),
            Segment::Index(index) => index.to_string(),
        });
        let name = name.unwrap_or_default();
        if name.starts_with('$') {
            // `$patch` and its like tell kubectl and kustomize how to merge; no schema has them.
            return None;
        }
        let place = Location::new(self.reference(), field);
        let elsewhere = support::matrix().find(|row| row.kind == shape.kind && row.field == name);
        if let Some(row) = elsewhere {
            let finding = support::FIELD_UNKNOWN.at(place).found(name);
            return Some(finding.note(format!("{} has it", row.versions)).build());
        }
        let distance = |known: &str| strsim::damerau_levenshtein(known, &name);
        let near = shape.fields.iter().min_by_key(|known| distance(known));
        let near = near.filter(|known| distance(known) <= 3);
        let finding = rules::UNKNOWN_FIELD.at(place);
        let finding = match near {
            Some(near) => finding.expected(format!("`{near}`")),
            None => finding,
        };
        Some(finding.found(name).build())
    }

    /// Writes a switch or number as the text that it looks like; what stands for nothing may mean anything.
    fn quoted(&self, node: Id) -> Option<Fix> {
        let value = self.arena.scalar(self.text(), node);
        if self.is_secret() || matches!(value, None | Some(Scalar::Null)) {
            return None;
        }
        let written = self.text().get(self.arena.node(node).span())?;
        Some(Fix::Replace {
            place: self.location(node),
            value: written.trim_end().to_owned().into(),
        })
    }

    fn duplicates(&self, findings: &mut Findings) {
        for (first, second) in self.arena.duplicates() {
            let finding = rules::DUPLICATE_KEY
                .at(self.location(*second))
                .found(self.written(*second));
            findings.push(finding.related(self.location(*first), "first written here"));
        }
    }

    pub(super) fn unreadable(&self, fault: &Fault) -> Finding {
        let rule = match fault.kind {
            FaultKind::TooDeep => rules::TOO_DEEP,
            FaultKind::TooLarge => rules::TOO_LARGE,
            FaultKind::AliasBomb => rules::ALIAS_BOMB,
            FaultKind::Syntax(_) if self.text().contains("{{") => rules::TEMPLATE,
            FaultKind::Syntax(_) => rules::SYNTAX,
        };
        let finding = rule.at(self.whole());
        match &fault.kind {
            FaultKind::Syntax(what) if rule == rules::SYNTAX => finding.title(what.to_string()).build(),
            _ => finding.build(),
        }
    }

    fn not_utf8(&self, at: usize) -> Finding {
        let position = self.source.position(at);
        rules::ENCODING
            .at(self.whole())
            .note(format!("the first byte that is none stands at {position}"))
            .build()
    }

    fn converted(&self) -> Finding {
        rules::ENCODING
            .at(self.whole())
            .severity(Severity::Info)
            .title(format!(
                "the file is {}, read as if it were UTF-8",
                self.source.encoding().name()
            ))
            .build()
    }

    /// The document as a place, where no object or field is meant.
    fn whole(&self) -> Location {
        Location::new(ObjectRef::new("document", None, self.source.name()), FieldPath::ROOT)
    }

    fn location(&self, node: Id) -> Location {
        let path = locate::path_of(&self.arena, self.text(), self.root.unwrap_or(0), node);
        Location::new(self.reference(), path)
    }

    fn written(&self, node: Id) -> String {
        if self.is_secret() {
            return HIDDEN.to_owned();
        }
        let span = self.arena.node(node).span();
        excerpt(self.text().get(span).unwrap_or_default()).into_owned()
    }
}

/// What stands for a value of a Secret.
const HIDDEN: &str = "<hidden>";
