//! Events of a container group as events of its pod, each once.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use k8s_openapi::jiff::Timestamp;

use super::reason::{self, Reason};
use crate::api::{ContainerGroup, Event};

/// An event of a group, for its pod.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PodEvent {
    /// Why.
    pub reason: String,
    /// What it says.
    pub message: String,
    /// Whether it is a warning: as the API says, else as the pages say.
    pub is_warning: bool,
    /// How often it happened.
    pub count: i32,
    /// When last; `None` when the API's text is no time.
    pub last: Option<Time>,
    /// What is known of the reason.
    pub known: Option<&'static Reason>,
}

/// Which events of a group were told already.
///
/// An event is told again only when it happened again: count and last time are its key.
///
/// # Example
/// ```
/// use eci_model::api::{ContainerGroup, Event};
/// use eci_model::lifecycle::ToldEvents;
///
/// let event = Event { name: Some("a".into()), reason: Some("NoStock".into()), count: Some(1), ..Default::default() };
/// let group = ContainerGroup { events: vec![event], ..Default::default() };
/// let mut told = ToldEvents::default();
/// assert_eq!(told.new_of(&group).len(), 1);
/// assert_eq!(told.new_of(&group).len(), 0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct ToldEvents(BTreeMap<(String, String), (i32, Option<String>)>);

impl ToldEvents {
    /// The events that were not told yet, in the order of the API.
    pub fn new_of(&mut self, group: &ContainerGroup) -> Vec<PodEvent> {
        let mut new = Vec::new();
        let present: Vec<_> = group.events.iter().map(key).collect();
        // What the API no longer lists need not be remembered.
        self.0.retain(|known, _| present.contains(known));
        for (event, key) in group.events.iter().zip(present) {
            let mark = (event.count.unwrap_or(1), event.last_timestamp.clone());
            if self.0.get(&key) != Some(&mark) {
                self.0.insert(key, mark);
                new.push(of(event));
            }
        }
        new
    }
}

/// An event without a name is known by what it says.
fn key(event: &Event) -> (String, String) {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    match &event.name {
        Some(name) => (name.clone(), String::new()),
        None => (text(&event.reason), text(&event.message)),
    }
}

fn of(event: &Event) -> PodEvent {
    let reason = event.reason.clone().unwrap_or_default();
    let known = reason::find(&reason);
    PodEvent {
        message: event.message.clone().unwrap_or_default(),
        is_warning: match event.type_.as_deref() {
            Some(kind) => kind == "Warning",
            None => known.is_some_and(|known| known.is_warning),
        },
        count: event.count.unwrap_or(1),
        last: event
            .last_timestamp
            .as_deref()
            .and_then(|text| text.parse::<Timestamp>().ok())
            .map(Time),
        known,
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(name: Option<&str>, count: i32, last: &str) -> Event {
        Event {
            name: name.map(ToOwned::to_owned),
            reason: Some("NoStock".into()),
            count: Some(count),
            last_timestamp: Some(last.into()),
            ..Event::default()
        }
    }

    fn group(events: Vec<Event>) -> ContainerGroup {
        ContainerGroup {
            events,
            ..ContainerGroup::default()
        }
    }

    #[test]
    fn an_event_is_told_again_only_when_it_happened_again() {
        let mut told = ToldEvents::default();
        for (count, last, new) in [
            (1, "2026-01-01T00:00:00Z", 1),
            (1, "2026-01-01T00:00:00Z", 0),
            (2, "2026-01-01T00:05:00Z", 1),
            (2, "2026-01-01T00:06:00Z", 1),
        ] {
            assert_eq!(
                told.new_of(&group(vec![event(Some("a"), count, last)])).len(),
                new,
                "{count} {last}"
            );
        }
    }

    #[test]
    fn what_is_no_longer_listed_is_forgotten() {
        let mut told = ToldEvents::default();
        let one = group(vec![event(None, 1, "")]);
        assert_eq!(told.new_of(&one).len(), 1);
        assert_eq!(told.new_of(&group(Vec::new())).len(), 0);
        assert_eq!(told.new_of(&one).len(), 1);
    }

    #[test]
    fn a_time_that_is_none_costs_the_time_alone() {
        let events = ToldEvents::default().new_of(&group(vec![event(None, 3, "yesterday")]));
        assert_eq!((events[0].last.clone(), events[0].count), (None, 3));
        assert!(events[0].is_warning);
    }
}
