//! The PodNetworkings of a cluster, and which of them applies to a pod.

mod duration;
mod index;
mod select;

use std::str::FromStr;
use std::sync::Arc;

use eci_model::resource::{PodNetworking, PodNetworkingSelector};
use eci_model::{SecurityGroupId, VSwitchId};

use index::Index;

pub use duration::{GoDuration, GoDurationError};
pub use select::{Audience, Namespace, Selected};

/// A PodNetworking, its ids read once.
#[derive(Clone, Debug, PartialEq)]
pub struct Networking {
    object: Arc<PodNetworking>,
    name: Arc<str>,
    vswitches: Vec<VSwitchId>,
    security_groups: Vec<SecurityGroupId>,
}

impl Networking {
    /// Reads the ids of an object; a text that is no id decides nothing, and the rules about PodNetworkings tell it.
    pub fn new(object: Arc<PodNetworking>) -> Self {
        Self {
            name: object.metadata.name.as_deref().unwrap_or_default().into(),
            vswitches: ids(object.spec.v_switch_options.as_deref()),
            security_groups: ids(object.spec.security_group_ids.as_deref()),
            object,
        }
    }

    /// The object.
    pub fn object(&self) -> &PodNetworking {
        &self.object
    }

    /// Its name.
    pub const fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// Its vSwitches, any of which may be used.
    pub fn vswitches(&self) -> &[VSwitchId] {
        &self.vswitches
    }

    /// Its security groups, in the order written.
    pub fn security_groups(&self) -> &[SecurityGroupId] {
        &self.security_groups
    }

    fn selector(&self) -> Option<&PodNetworkingSelector> {
        self.object.spec.selector.as_ref()
    }
}

/// The PodNetworkings of a cluster, by name, with an index over their selectors.
///
/// Made once for a state of the cluster; a pod is compared only with the objects whose rarest label it has, so that many objects with
/// labels of their own cost a pod no more than few.
///
/// # Example
/// ```
/// use std::collections::BTreeMap;
/// use eci_model::resource::PodNetworking;
/// use eci_network::{Audience, Namespace, PodNetworkings, Selected};
///
/// let object: PodNetworking = serde_json::from_str(
///     r#"{"metadata": {"name": "shop"},
///         "spec": {"selector": {"podSelector": {"matchLabels": {"net": "shop"}}}, "vSwitchOptions": ["vsw-bp1xpiowfm5vo8o3c1h01"]}}"#,
/// )?;
/// let objects: PodNetworkings = [object].into_iter().collect();
/// let labels = BTreeMap::from([("net".to_owned(), "shop".to_owned())]);
/// let selected = objects.select(&labels, Namespace::new("default", None), Audience::Eci);
/// assert!(matches!(selected, Selected::One(object) if &**object.name() == "shop"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PodNetworkings {
    objects: Vec<Networking>,
    index: Index,
}

impl PodNetworkings {
    /// A collection of objects; of several with one name the last counts.
    pub fn new(objects: impl IntoIterator<Item = Arc<PodNetworking>>) -> Self {
        let mut objects: Vec<Networking> = objects.into_iter().map(Networking::new).collect();
        objects.sort_by(|a, b| a.name.cmp(&b.name));
        // The sort is stable, so that of equal names the last stands last.
        objects.reverse();
        objects.dedup_by(|later, earlier| later.name == earlier.name);
        objects.reverse();
        let index = Index::new(&objects);
        Self { objects, index }
    }

    /// The objects, by name.
    pub fn iter(&self) -> std::slice::Iter<'_, Networking> {
        self.objects.iter()
    }

    /// The object of a name.
    pub fn get(&self, name: &str) -> Option<&Networking> {
        let position = self.objects.binary_search_by(|object| (*object.name).cmp(name));
        position.ok().and_then(|position| self.objects.get(position))
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.objects.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }
}

impl FromIterator<Arc<PodNetworking>> for PodNetworkings {
    fn from_iter<I: IntoIterator<Item = Arc<PodNetworking>>>(objects: I) -> Self {
        Self::new(objects)
    }
}

impl FromIterator<PodNetworking> for PodNetworkings {
    fn from_iter<I: IntoIterator<Item = PodNetworking>>(objects: I) -> Self {
        Self::new(objects.into_iter().map(Arc::new))
    }
}

impl<'a> IntoIterator for &'a PodNetworkings {
    type Item = &'a Networking;
    type IntoIter = std::slice::Iter<'a, Networking>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

fn ids<T: FromStr>(texts: Option<&[String]>) -> Vec<T> {
    let texts = texts.unwrap_or_default();
    texts.iter().filter_map(|text| text.trim().parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, vswitch: &str) -> PodNetworking {
        serde_json::from_value(serde_json::json!({"metadata": {"name": name}, "spec": {"vSwitchOptions": [vswitch]}}))
            .expect("a PodNetworking")
    }

    #[test]
    fn objects_stand_by_name_and_the_last_of_a_name_counts() {
        let objects: PodNetworkings = [named("b", "vsw-1"), named("a", "vsw-2"), named("b", "vsw-3")]
            .into_iter()
            .collect();
        let names: Vec<&str> = objects.iter().map(|object| &**object.name()).collect();
        assert_eq!(names, ["a", "b"]);
        let b = objects.get("b").expect("there is one");
        assert_eq!(b.vswitches()[0].as_str(), "vsw-3");
        assert!(objects.get("c").is_none());
    }

    #[test]
    fn texts_that_are_no_ids_decide_nothing() {
        let object = Networking::new(Arc::new(named("a", "sg-1")));
        assert!(object.vswitches().is_empty());
    }
}
