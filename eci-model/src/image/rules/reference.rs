//! The references themselves: form, tag, architecture.

use super::{Scene, Used};
use crate::finding::Findings;
use crate::rule::{Basis, Code, Rule, Rules};

/// A text that names no image.
pub const IMAGE_REFERENCE: &Rule = &Rule::error(Code::eci(6010), "image-reference")
    .summary("no reference to an image")
    .why("nothing can be pulled by it, and the pod stays pending until it is given up")
    .remedy("write `[host[:port]/]repository[:tag][@digest]` in 1 to 255 characters")
    .basis(Basis::Documented(
        "CreateContainerGroup, 2018-08-08; Configure the image of a container, 2025-01-14",
    ))
    .page(include_str!("../../../rules/image-reference.md"));

/// A tag that moves.
pub const IMAGE_TAG_LATEST: &Rule = &Rule::info(Code::eci(6012), "image-tag-latest")
    .summary("the image may be another one at each start")
    .why("`latest` moves, so it is pulled every time and image caches help less")
    .remedy("name a fixed tag, or a digest")
    .basis(Basis::Documented(
        "Use ImageCache to accelerate pod creation, 2024-09-24",
    ))
    .page(include_str!("../../../rules/image-tag-latest.md"));

/// An image for other processors.
pub const IMAGE_ARCH: &Rule = &Rule::warning(Code::eci(6016), "image-arch")
    .summary("the image is not built for the processor of the pod")
    .why("its programs cannot be executed there")
    .remedy("use an image for several architectures, or run the pod on the processor that the image is built for")
    .basis(Basis::Inferred("Specify Arm types to create a pod, 2024-11-15"))
    .page(include_str!("../../../rules/image-arch.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[IMAGE_REFERENCE, IMAGE_TAG_LATEST, IMAGE_ARCH]);

pub(super) fn check(scene: &Scene<'_>, used: &Used<'_>, out: &mut Findings) {
    let image = match &used.reference {
        Ok(image) => image,
        Err(error) if used.text.is_empty() => {
            let spec = scene.at(IMAGE_REFERENCE, used, "image").title(error.to_string());
            return out.push(spec.found(used.container.name.clone()));
        }
        Err(error) => {
            let finding = scene.at(IMAGE_REFERENCE, used, "image").title(error.to_string());
            return out.push(finding.found(used.text.to_owned()).within(error.within()));
        }
    };
    if image.is_latest() {
        out.push(scene.at(IMAGE_TAG_LATEST, used, "image").found(used.text.to_owned()));
    }
    let architecture = if scene.arm { "arm64" } else { "amd64" };
    let known = scene.images.image(image).map(|known| known.architectures.as_slice());
    if let Some(known) = known.filter(|known| !known.is_empty() && known.iter().all(|name| &**name != architecture)) {
        let finding = scene.at(IMAGE_ARCH, used, "image").found(used.text.to_owned());
        let built = format!("it is built for {}", known.join(", "));
        out.push(finding.expected(format!("an image for {architecture}")).note(built));
    }
}
