//! Registries: the form inside the VPC, secrets, own domains, acceleration.

use super::{Scene, Used, key};
use crate::finding::{Findings, Fix};
use crate::image::{AcrEdition, AcrHost, ImageReference, Network, Registry};
use crate::path::At;
use crate::region::Region;
use crate::rule::{Basis, Code, Rule, Rules, Severity};

/// The public form of a registry next door.
pub const IMAGE_PUBLIC_FORM_IN_REGION: &Rule = &Rule::info(Code::eci(6014), "image-public-form-in-region")
    .summary("an image of the own region is pulled over the Internet")
    .why("the registry has a form inside the VPC, which is faster and needs no way to the Internet")
    .remedy("name the form inside the VPC")
    .basis(Basis::Documented("Configure the image of a container, 2025-01-14"))
    .page(include_str!("../../../rules/image-public-form-in-region.md"));

/// A registry that wants a login.
pub const REGISTRY_NEEDS_SECRET: &Rule = &Rule::info(Code::eci(6020), "registry-needs-secret")
    .summary("an image of a self-managed registry, and no secret for it")
    .why("only images of the platform's own registry are pulled without a secret")
    .remedy("name a Secret in `imagePullSecrets`, unless the registry asks for no login")
    .basis(Basis::Documented("Pull ACR images without a secret, 2025-03-03"))
    .page(include_str!("../../../rules/registry-needs-secret.md"));

/// Enterprise instances named where none need be, or not named where one must be.
pub const ACR_CUSTOM_DOMAIN: &Rule = &Rule::warning(Code::eci(6022), "acr-custom-domain")
    .summary("enterprise registries and the domains of the images do not go together")
    .why("instances are named for images under an own domain; images under a default domain need none")
    .remedy("name the instances of own domains in `k8s.aliyun.com/acr-instance-ids`, and no others")
    .basis(Basis::Documented("Pull ACR images without a secret, 2025-03-03"))
    .page(include_str!("../../../rules/acr-custom-domain.md"));

/// Acceleration of images that cannot be accelerated.
pub const ACCELERATION_LABEL: &Rule = &Rule::warning(Code::eci(6034), "acceleration-label")
    .summary("the image cannot be loaded on demand")
    .why("that takes an accelerated image of an enterprise registry, pulled inside the VPC")
    .remedy("name the accelerated image under the VPC form of its enterprise registry, or drop the label")
    .basis(Basis::Documented("Load images on demand, 2025-08-11"))
    .page(include_str!("../../../rules/acceleration-label.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[
    IMAGE_PUBLIC_FORM_IN_REGION,
    REGISTRY_NEEDS_SECRET,
    ACR_CUSTOM_DOMAIN,
    ACCELERATION_LABEL,
]);

/// What can be said about one image.
pub(super) fn image(scene: &Scene<'_>, used: &Used<'_>, out: &mut Findings) {
    let Some((image, registry)) = used.read() else { return };
    if let Registry::Acr(acr) = registry {
        public_form(scene, used, image, &acr, out);
    }
    let host = image.registry_host();
    if scene.images.custom_domains.contains(host) && scene.pod.settings().acr_instances.is_none() {
        let finding = scene.at(ACR_CUSTOM_DOMAIN, used, "image").within(0..host.len());
        let title = "an own domain of an enterprise registry, and no instance is named";
        let expected = format!("`{}` with the id of its instance", key::ACR_INSTANCES);
        out.push(finding.title(title).found(host.to_owned()).expected(expected));
    }
}

fn public_form(scene: &Scene<'_>, used: &Used<'_>, image: &ImageReference<'_>, acr: &AcrHost<'_>, out: &mut Findings) {
    let is_here = scene.site.region.is_some_and(|region| region.as_str() == acr.region);
    let (Some(form), Some(host)) = (acr.vpc_form().filter(|_| is_here), image.host()) else {
        return;
    };
    let finding = scene
        .at(IMAGE_PUBLIC_FORM_IN_REGION, used, "image")
        .within(0..host.len());
    let finding = finding.found(host.to_owned()).expected(format!("`{form}`"));
    out.push(match acr.edition {
        // An enterprise instance must admit the VPC first.
        AcrEdition::Enterprise { .. } => finding.note("the instance answers a VPC only once its access list has it"),
        AcrEdition::Personal => {
            let end = u32::try_from(host.len()).unwrap_or(u32::MAX);
            let place = scene.place(used, "image").within(0..end);
            finding.fix(Fix::Replace {
                place,
                value: form.into(),
            })
        }
    });
}

/// What can be said about all images together.
pub(super) fn pod(scene: &Scene<'_>, images: &[Used<'_>], out: &mut Findings) {
    needs_secret(scene, images, out);
    instances_not_needed(scene, images, out);
    acceleration(scene, images, out);
}

fn needs_secret(scene: &Scene<'_>, images: &[Used<'_>], out: &mut Findings) {
    let secrets = scene.pod.spec().and_then(|spec| spec.image_pull_secrets.as_deref());
    let settings = scene.pod.settings();
    // With instances named, an unknown host may be the own domain of one.
    if secrets.is_some_and(|secrets| !secrets.is_empty()) || settings.acr_instances.is_some() {
        return;
    }
    let mut told: Vec<&str> = Vec::new();
    for used in images {
        let Some((_, Registry::Other(host))) = used.read() else {
            continue;
        };
        let is_known = scene.images.public_hosts.contains(host) || scene.images.custom_domains.contains(host);
        if !is_known && !told.contains(&host) {
            told.push(host);
            let finding = scene.at(REGISTRY_NEEDS_SECRET, used, "image").found(host.to_owned());
            out.push(finding.within(0..host.len()));
        }
    }
}

fn instances_not_needed(scene: &Scene<'_>, images: &[Used<'_>], out: &mut Findings) {
    let settings = scene.pod.settings();
    let Some(instances) = settings
        .acr_instances
        .as_ref()
        .filter(|_| settings.acr_service_arns.is_none())
    else {
        return;
    };
    let mut acr = 0;
    for (_, registry) in images.iter().filter_map(Used::read) {
        match registry {
            Registry::Acr(_) => acr += 1,
            Registry::Other(_) => return,
            Registry::AckSystem { .. } | Registry::Listed(_) => {}
        }
    }
    if acr > 0 {
        let finding = scene.pod.annotation_finding(ACR_CUSTOM_DOMAIN, key::ACR_INSTANCES);
        let title = "instances are named and every image stands under a default domain";
        let finding = finding.title(title).found(instances.value.to_string());
        out.push(finding.remedy("drop the annotation; default domains of the own account need none"));
    }
}

fn acceleration(scene: &Scene<'_>, images: &[Used<'_>], out: &mut Findings) {
    let label = scene.pod.labels().get(key::ACCELERATION);
    let owner = scene.pod.view().owner().labels.as_ref();
    let of_owner = || {
        owner
            .and_then(|labels| labels.get(key::ACCELERATION))
            .map(String::as_str)
    };
    let of_namespace = || {
        scene
            .namespace
            .and_then(|labels| labels.get(key::ACCELERATION))
            .map(String::as_str)
    };
    let is_pod = label.is_some();
    let Some(mode) = label.or_else(of_owner).or_else(of_namespace) else {
        return;
    };
    // Finance and government regions are left out of the feature.
    let region = scene.site.region.map(Region::as_str).unwrap_or_default();
    let severity = if region.contains("finance") || region.contains("gov") {
        Severity::Error
    } else {
        Severity::Warning
    };
    match mode {
        "p2p" => {
            let metadata = At::ROOT.field("metadata");
            let labels = metadata.field("labels");
            let place = if is_pod {
                scene.pod.place(&labels.key(key::ACCELERATION))
            } else {
                scene.pod.view().owner_place(&metadata)
            };
            let finding = ACCELERATION_LABEL.at(place).severity(severity).found("p2p");
            let title = "nothing says that peers share images on ECI";
            out.push(finding.title(title).remedy("drop the label, or load images on demand"));
        }
        "on-demand" => {
            for used in images {
                let Some((image, registry)) = used.read() else {
                    continue;
                };
                if severity == Severity::Error || !is_accelerated(image, registry) {
                    let finding = scene.at(ACCELERATION_LABEL, used, "image").severity(severity);
                    let asked = format!("label `{}: on-demand`", key::ACCELERATION);
                    out.push(finding.found(used.text.to_owned()).note(asked));
                }
            }
        }
        _ => {}
    }
}

fn is_accelerated(image: &ImageReference<'_>, registry: Registry<'_>) -> bool {
    let is_enterprise = matches!(
        registry,
        Registry::Acr(AcrHost {
            edition: AcrEdition::Enterprise { .. },
            network: Network::Vpc,
            ..
        })
    );
    is_enterprise && image.tag().is_some_and(|tag| tag.ends_with("_accelerated"))
}
