//! Which images come over the Internet.

/// Registries that are reached over the Internet only.
const PUBLIC: [&str; 12] = [
    "docker.io",
    "index.docker.io",
    "registry-1.docker.io",
    "quay.io",
    "ghcr.io",
    "gcr.io",
    "registry.k8s.io",
    "k8s.gcr.io",
    "mcr.microsoft.com",
    "public.ecr.aws",
    "nvcr.io",
    "registry.gitlab.com",
];

/// Whether an image comes from a registry of the Internet; a host that nothing is known of is none.
///
/// Hosts of Container Registry are public unless they say `vpc` or `internal` (Pull images, 2025-03-03).
pub(super) fn is_public(image: &str) -> bool {
    let image = image.trim();
    if image.is_empty() {
        return false;
    }
    let host = image.split_once('/').map(|(host, _)| host);
    let host = host.filter(|host| host.contains(['.', ':']) || *host == "localhost");
    let Some(host) = host else { return true };
    let host = host.split(':').next().unwrap_or_default();
    match host.strip_suffix(".aliyuncs.com") {
        Some(name) => !name.contains("-vpc") && !name.contains("-internal"),
        None => PUBLIC.contains(&host) || host.ends_with(".gcr.io"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_of_public_registries_come_over_the_internet() {
        for image in [
            "nginx",
            "nginx:1.25",
            "bitnami/redis@sha256:0000",
            "docker.io/library/nginx",
            "quay.io/coreos/etcd:v3.5",
            "eu.gcr.io/project/app",
            "registry.cn-hangzhou.aliyuncs.com/shop/web:1.4",
            "shop-registry.cn-hangzhou.cr.aliyuncs.com/shop/web:1.4",
        ] {
            assert!(is_public(image), "{image}");
        }
    }

    #[test]
    fn images_of_the_vpc_and_of_unknown_hosts_do_not() {
        for image in [
            "",
            "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4",
            "registry-internal.cn-hangzhou.aliyuncs.com/shop/web",
            "shop-registry-vpc.cn-hangzhou.cr.aliyuncs.com/shop/web:1.4",
            "registry-cn-hangzhou-vpc.ack.aliyuncs.com/acs/pause:3.9",
            "harbor.example.com/lib/web",
            "10.0.0.7:5000/web",
            "localhost/web",
        ] {
            assert!(!is_public(image), "{image}");
        }
    }
}
