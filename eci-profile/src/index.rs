//! Which filters can match at all: by one label that each of them demands.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

/// Filters by a label that each of them demands, so that a pod meets only those whose label it or its namespace has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Index {
    pod: Demands,
    namespace: Demands,
    /// Filters that demand no label with a value.
    rest: Vec<u32>,
}

/// Key, value, filters.
type Demands = BTreeMap<Box<str>, BTreeMap<Box<str>, Vec<u32>>>;

/// Filter of the pod, filter of the namespace.
pub(crate) type Pair<'f> = (Option<&'f LabelSelector>, Option<&'f LabelSelector>);

type Labels = BTreeMap<String, String>;

impl Index {
    /// Indexes filters by their position.
    pub(crate) fn new<'f>(filters: impl Iterator<Item = Pair<'f>> + Clone) -> Self {
        let mut frequency: BTreeMap<(bool, &str, &str), u32> = BTreeMap::new();
        for demand in filters.clone().flat_map(demands) {
            *frequency.entry(demand).or_default() += 1;
        }
        let mut index = Self::default();
        for (position, pair) in (0_u32..).zip(filters) {
            let rarest = demands(pair).min_by_key(|demand| frequency.get(demand));
            let Some((is_pod, key, value)) = rarest else {
                index.rest.push(position);
                continue;
            };
            let map = if is_pod { &mut index.pod } else { &mut index.namespace };
            let values = map.entry(key.into()).or_default();
            values.entry(value.into()).or_default().push(position);
        }
        index
    }

    /// The positions of filters that may match, ascending. Without labels of the namespace those that demand one are left out.
    pub(crate) fn candidates(&self, pod: Option<&Labels>, namespace: Option<&Labels>) -> Vec<u32> {
        let mut found = self.rest.clone();
        for (demands, labels) in [(&self.pod, pod), (&self.namespace, namespace)] {
            if demands.is_empty() {
                continue;
            }
            for (key, value) in labels.into_iter().flatten() {
                let filters = demands.get(key.as_str()).and_then(|values| values.get(value.as_str()));
                found.extend(filters.into_iter().flatten());
            }
        }
        found.sort_unstable();
        found
    }
}

/// Labels that a pair of filters demands, with the one value it accepts.
fn demands<'f>((pod, namespace): Pair<'f>) -> impl Iterator<Item = (bool, &'f str, &'f str)> {
    let of = |is_pod: bool, filter: Option<&'f LabelSelector>| {
        let labels = filter
            .into_iter()
            .flat_map(|filter| filter.match_labels.iter().flatten());
        let labels = labels.map(move |(key, value)| (is_pod, key.as_str(), value.as_str()));
        let expressions = filter
            .into_iter()
            .flat_map(|filter| filter.match_expressions.iter().flatten());
        let single = expressions.filter_map(move |expression| match expression.values.as_deref() {
            Some([value]) if expression.operator == "In" => Some((is_pod, expression.key.as_str(), value.as_str())),
            _ => None,
        });
        labels.chain(single)
    };
    of(true, pod).chain(of(false, namespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        let pair = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        pairs.iter().map(pair).collect()
    }

    fn filter(pairs: &[(&str, &str)]) -> LabelSelector {
        LabelSelector {
            match_labels: Some(labels(pairs)),
            match_expressions: None,
        }
    }

    #[test]
    fn only_filters_whose_label_is_there_are_candidates() {
        let (burst, data, any) = (filter(&[("tier", "burst")]), filter(&[("team", "data")]), filter(&[]));
        let filters = [
            (Some(&burst), None),
            (None, Some(&data)),
            (Some(&any), None),
            (None, None),
        ];
        let index = Index::new(filters.into_iter());
        let pod = labels(&[("tier", "burst"), ("app", "web")]);
        assert_eq!(index.candidates(Some(&pod), None), [0, 2, 3]);
        assert_eq!(index.candidates(None, Some(&labels(&[("team", "data")]))), [1, 2, 3]);
        assert_eq!(index.candidates(None, None), [2, 3]);
    }

    #[test]
    fn the_rarest_label_is_taken() {
        let filters: Vec<LabelSelector> = (0..9)
            .map(|number| filter(&[("app", "web"), ("shard", &number.to_string())]))
            .collect();
        let index = Index::new(filters.iter().map(|filter| (Some(filter), None)));
        let pod = labels(&[("app", "web"), ("shard", "4")]);
        assert_eq!(index.candidates(Some(&pod), None), [4]);
    }
}
