//! What a volume is made of.

use k8s_openapi::api::core::v1::{PersistentVolume, Volume};

/// A driver of volumes, under any of its names: CSI, FlexVolume, or the provisioner of a class (Storage overview, 2024-06-12).
///
/// # Example
/// ```
/// use eci_model::storage::Driver;
///
/// assert_eq!(Driver::of_csi("diskplugin.csi.alibabacloud.com"), Driver::Disk);
/// assert_eq!(Driver::of_flex("alicloud/nas"), Driver::Nas);
/// assert_eq!(Driver::of_csi("ebs.csi.aws.com"), Driver::Other("ebs.csi.aws.com"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Driver<'a> {
    /// Disks.
    Disk,
    /// NAS file systems.
    Nas,
    /// Buckets of OSS.
    Oss,
    /// CPFS file systems.
    Cpfs,
    /// A server of NFS.
    Nfs,
    /// Standard output of containers as files.
    StandardLogs,
    /// Any other; nothing mounts it.
    Other(&'a str),
}

impl<'a> Driver<'a> {
    /// The driver of a CSI name.
    pub fn of_csi(name: &'a str) -> Self {
        match name {
            "diskplugin.csi.alibabacloud.com" => Self::Disk,
            "nasplugin.csi.alibabacloud.com" => Self::Nas,
            "ossplugin.csi.alibabacloud.com" => Self::Oss,
            "bmcpfsplugin.csi.alibabacloud.com" => Self::Cpfs,
            "stdlogplugin.csi.alibabacloud.com" => Self::StandardLogs,
            _ => Self::Other(name),
        }
    }

    /// The driver of a FlexVolume name.
    pub fn of_flex(name: &'a str) -> Self {
        match name {
            "alicloud/disk" => Self::Disk,
            "alicloud/nas" => Self::Nas,
            "alicloud/oss" => Self::Oss,
            _ => Self::Other(name),
        }
    }

    /// The driver of a provisioner: a CSI name, or that of the FlexVolume.
    pub fn of_provisioner(name: &'a str) -> Self {
        match Self::of_csi(name) {
            Self::Other(name) => Self::of_flex(name),
            known => known,
        }
    }

    /// The driver of a volume; `None` when it has no source.
    pub fn of_volume(volume: &'a PersistentVolume) -> Option<Self> {
        let spec = volume.spec.as_ref()?;
        if let Some(csi) = &spec.csi {
            return Some(Self::of_csi(&csi.driver));
        }
        if let Some(flex) = &spec.flex_volume {
            return Some(Self::of_flex(&flex.driver));
        }
        let sources = [
            (spec.nfs.is_some(), Self::Nfs),
            (spec.host_path.is_some(), Self::Other("hostPath")),
            (spec.local.is_some(), Self::Other("local")),
            (spec.iscsi.is_some(), Self::Other("iscsi")),
            (spec.fc.is_some(), Self::Other("fc")),
            (spec.rbd.is_some(), Self::Other("rbd")),
            (spec.cephfs.is_some(), Self::Other("cephfs")),
            (
                spec.aws_elastic_block_store.is_some(),
                Self::Other("awsElasticBlockStore"),
            ),
            (spec.gce_persistent_disk.is_some(), Self::Other("gcePersistentDisk")),
            (spec.azure_disk.is_some(), Self::Other("azureDisk")),
            (spec.azure_file.is_some(), Self::Other("azureFile")),
        ];
        sources
            .into_iter()
            .find_map(|(is_set, driver)| is_set.then_some(driver))
    }

    /// Its name as CSI has it, or as it was written.
    pub const fn name(self) -> &'a str {
        match self {
            Self::Disk => "diskplugin.csi.alibabacloud.com",
            Self::Nas => "nasplugin.csi.alibabacloud.com",
            Self::Oss => "ossplugin.csi.alibabacloud.com",
            Self::Cpfs => "bmcpfsplugin.csi.alibabacloud.com",
            Self::Nfs => "nfs",
            Self::StandardLogs => "stdlogplugin.csi.alibabacloud.com",
            Self::Other(name) => name,
        }
    }

    /// Whether claims on it can be mounted.
    pub const fn serves_claims(self) -> bool {
        matches!(self, Self::Disk | Self::Nas | Self::Oss | Self::Cpfs | Self::Nfs)
    }
}

/// The kind of a volume's source.
///
/// # Example
/// ```
/// use eci_model::storage::{Driver, Source};
/// use k8s_openapi::api::core::v1::Volume;
///
/// let volume: Volume = serde_json::from_str(r#"{"name": "data", "flexVolume": {"driver": "alicloud/oss"}}"#)?;
/// assert_eq!(Source::of(&volume), Source::Flex(Driver::Oss));
/// let volume: Volume = serde_json::from_str(r#"{"name": "code", "gitRepo": {"repository": "x"}}"#)?;
/// assert_eq!(Source::of(&volume), Source::Other("gitRepo"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source<'a> {
    /// Space of the pod's own.
    EmptyDir,
    /// Files out of a ConfigMap, a Secret, fields of the pod, or several of them.
    Files,
    /// A server of NFS.
    Nfs,
    /// A claim, by name.
    Claim(&'a str),
    /// A claim that is made with the pod.
    Ephemeral,
    /// A CSI volume of the pod's own.
    Csi(Driver<'a>),
    /// A FlexVolume.
    Flex(Driver<'a>),
    /// A data cache, or a path of a node.
    HostPath,
    /// Nothing ECI mounts, by the name of its field.
    Other(&'static str),
    /// Nothing is written, which Kubernetes reads as an emptyDir.
    Unset,
}

impl<'a> Source<'a> {
    /// The source of a volume.
    pub fn of(volume: &'a Volume) -> Self {
        if volume.empty_dir.is_some() {
            return Self::EmptyDir;
        }
        let is_files = volume.config_map.is_some()
            || volume.secret.is_some()
            || volume.projected.is_some()
            || volume.downward_api.is_some();
        if is_files {
            return Self::Files;
        }
        if let Some(claim) = &volume.persistent_volume_claim {
            return Self::Claim(&claim.claim_name);
        }
        if let Some(csi) = &volume.csi {
            return Self::Csi(Driver::of_csi(&csi.driver));
        }
        if let Some(flex) = &volume.flex_volume {
            return Self::Flex(Driver::of_flex(&flex.driver));
        }
        if volume.nfs.is_some() {
            return Self::Nfs;
        }
        if volume.ephemeral.is_some() {
            return Self::Ephemeral;
        }
        if volume.host_path.is_some() {
            return Self::HostPath;
        }
        other(volume).map_or(Self::Unset, Self::Other)
    }
}

/// The field of a source that no page lists.
fn other(volume: &Volume) -> Option<&'static str> {
    let fields = [
        (volume.aws_elastic_block_store.is_some(), "awsElasticBlockStore"),
        (volume.azure_disk.is_some(), "azureDisk"),
        (volume.azure_file.is_some(), "azureFile"),
        (volume.cephfs.is_some(), "cephfs"),
        (volume.cinder.is_some(), "cinder"),
        (volume.fc.is_some(), "fc"),
        (volume.flocker.is_some(), "flocker"),
        (volume.gce_persistent_disk.is_some(), "gcePersistentDisk"),
        (volume.git_repo.is_some(), "gitRepo"),
        (volume.glusterfs.is_some(), "glusterfs"),
        (volume.image.is_some(), "image"),
        (volume.iscsi.is_some(), "iscsi"),
        (volume.photon_persistent_disk.is_some(), "photonPersistentDisk"),
        (volume.portworx_volume.is_some(), "portworxVolume"),
        (volume.quobyte.is_some(), "quobyte"),
        (volume.rbd.is_some(), "rbd"),
        (volume.scale_io.is_some(), "scaleIO"),
        (volume.storageos.is_some(), "storageos"),
        (volume.vsphere_volume.is_some(), "vsphereVolume"),
    ];
    fields.into_iter().find_map(|(is_set, field)| is_set.then_some(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! sources {
        ($($fact:ident: $json:tt => $source:expr;)*) => {$(
            #[test]
            fn $fact() {
                let volume: Volume = serde_json::from_value(serde_json::json!($json)).expect("a volume");
                assert_eq!(Source::of(&volume), $source);
            }
        )*};
    }

    sources! {
        nothing_written: {"name": "a"} => Source::Unset;
        empty_dir: {"name": "a", "emptyDir": {}} => Source::EmptyDir;
        files: {"name": "a", "projected": {"sources": []}} => Source::Files;
        claim: {"name": "a", "persistentVolumeClaim": {"claimName": "data"}} => Source::Claim("data");
        logs: {"name": "a", "csi": {"driver": "stdlogplugin.csi.alibabacloud.com"}} => Source::Csi(Driver::StandardLogs);
        flex: {"name": "a", "flexVolume": {"driver": "alicloud/disk"}} => Source::Flex(Driver::Disk);
        nfs: {"name": "a", "nfs": {"server": "s", "path": "/"}} => Source::Nfs;
        ephemeral: {"name": "a", "ephemeral": {}} => Source::Ephemeral;
        host_path: {"name": "a", "hostPath": {"path": "/"}} => Source::HostPath;
        image: {"name": "a", "image": {"reference": "x"}} => Source::Other("image");
        iscsi: {"name": "a", "iscsi": {"targetPortal": "x", "iqn": "y", "lun": 0}} => Source::Other("iscsi");
    }

    #[test]
    fn provisioners_have_both_kinds_of_names() {
        assert_eq!(Driver::of_provisioner("alicloud/disk"), Driver::Disk);
        assert_eq!(Driver::of_provisioner("nasplugin.csi.alibabacloud.com"), Driver::Nas);
        assert!(!Driver::of_provisioner("rancher.io/local-path").serves_claims());
        assert!(!Driver::StandardLogs.serves_claims());
    }
}
