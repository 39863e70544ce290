//! Keys of an ImageCache that need or exclude one another, or overlap with its spec.

use eci_model::policy::ImageCacheOverlap;
use eci_model::resource::ImageCacheSpec;
use eci_model::{At, Basis, Code, Findings, Location, Rule, Site};

use crate::keys::image_cache;
use crate::rules::{image, internet};
use crate::subject::Subject;

/// A size or a lifetime given twice, and not the same.
pub const SETTING_TWICE: &Rule = &Rule::warning(Code::eci(2288), "image-cache-setting-twice")
    .summary("an annotation and the spec of the ImageCache say different things")
    .why("they set the same thing, and which of the two wins is not documented")
    .remedy("keep one of them")
    .basis(Basis::Documented(
        "Annotations for ImageCache, 2024-10-29, which leaves it open",
    ))
    .page(include_str!("../../rules/image-cache-setting-twice.md"));

pub(crate) fn together(subject: &Subject<'_>, site: &Site<'_>, out: &mut Findings) {
    internet::on_image_cache(subject, site, out);
    image::roles(subject, out);
}

/// Compares annotations with the fields of the spec that mean the same.
pub(crate) fn overlaps(subject: &Subject<'_>, spec: &ImageCacheSpec, site: &Site<'_>, out: &mut Findings) {
    let pairs = [
        (image_cache::SIZE.name(), "imageCacheSize", spec.image_cache_size),
        (image_cache::RETENTION_DAYS.name(), "retentionDays", spec.retention_days),
    ];
    for (key, field, in_spec) in pairs {
        let annotated = subject.entries.get(key).and_then(|text| text.parse::<i64>().ok());
        let (Some(annotated), Some(in_spec)) = (annotated, in_spec) else {
            continue;
        };
        if annotated == in_spec {
            continue;
        }
        let counts = match site.policies.image_cache_overlap {
            ImageCacheOverlap::SpecWins => in_spec,
            _ => annotated,
        };
        let spec = At::ROOT.field("spec");
        let mut other: Location = subject.place(key);
        other.path = spec.field(field).to_path();
        let finding = subject.finding(SETTING_TWICE, key).found(annotated.to_string());
        let finding = finding.expected(format!("{in_spec}, as `spec.{field}` says"));
        let note = format!("{counts} counts here (policy ImageCacheOverlap)");
        out.push(finding.related(other, "says something else").note(note));
    }
}
