//! The description of the API as `data/openapi.json` has it.

use serde::Deserialize;

/// The whole file. Operations keep the order of the file.
#[derive(Deserialize)]
pub(crate) struct Description {
    #[serde(deserialize_with = "in_order")]
    pub(crate) operations: Vec<(String, Operation)>,
    pub(crate) endpoints: Endpoints,
    pub(crate) errors: Vec<ErrorCode>,
}

#[derive(Deserialize)]
pub(crate) struct Operation {
    pub(crate) summary: String,
    pub(crate) family: String,
    pub(crate) methods: Vec<String>,
    pub(crate) read: bool,
    pub(crate) token: bool,
    pub(crate) paging: Option<Paging>,
    pub(crate) rate: Option<Rate>,
    pub(crate) request: Vec<Field>,
    pub(crate) response: Vec<Field>,
}

#[derive(Deserialize)]
pub(crate) struct Paging {
    pub(crate) size: String,
    pub(crate) items: String,
    pub(crate) default: Option<u32>,
    pub(crate) max: Option<u32>,
    pub(crate) token_in_answer: bool,
}

#[derive(Deserialize)]
pub(crate) struct Rate {
    pub(crate) per_minute: Option<u32>,
    pub(crate) bucket: Option<Bucket>,
}

#[derive(Deserialize)]
pub(crate) struct Bucket {
    pub(crate) burst: u32,
    pub(crate) refill_per_second: u32,
}

#[derive(Clone, Deserialize)]
pub(crate) struct Field {
    pub(crate) path: String,
    pub(crate) kind: String,
    #[serde(rename = "type")]
    pub(crate) type_: String,
    #[serde(flatten)]
    pub(crate) limits: Limits,
    #[serde(default)]
    pub(crate) only_in: Vec<String>,
}

/// What may stand in a field.
#[derive(Clone, Default, Deserialize, PartialEq)]
pub(crate) struct Limits {
    #[serde(default)]
    pub(crate) required: bool,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
    pub(crate) items: Option<usize>,
    pub(crate) items_metadata: Option<usize>,
    pub(crate) length: Option<(usize, usize)>,
    #[serde(default, rename = "enum")]
    pub(crate) values: Vec<serde_json::Value>,
    pub(crate) default: Option<serde_json::Value>,
    pub(crate) unit: Option<String>,
}

impl Field {
    /// The path as names; `N` and `[]` of lists are told by [`Field::kind`].
    pub(crate) fn segments(&self) -> Vec<&str> {
        let parts = self.path.split('.').map(|part| part.trim_end_matches("[]"));
        parts.filter(|part| *part != "N").collect()
    }
}

#[derive(Deserialize)]
pub(crate) struct Endpoints {
    pub(crate) regions: Vec<RegionEndpoint>,
}

#[derive(Deserialize)]
pub(crate) struct RegionEndpoint {
    pub(crate) region: String,
    pub(crate) public: String,
    pub(crate) vpc: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct ErrorCode {
    pub(crate) code: String,
    pub(crate) http: Vec<u16>,
    pub(crate) meaning: String,
    pub(crate) retry: String,
}

/// A JSON object as pairs: `serde_json::Map` would sort them.
fn in_order<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, Operation)>, D::Error> {
    struct Pairs;

    impl<'de> serde::de::Visitor<'de> for Pairs {
        type Value = Vec<(String, Operation)>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("operations by name")
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut pairs = Vec::new();
            while let Some(pair) = map.next_entry()? {
                pairs.push(pair);
            }
            Ok(pairs)
        }
    }

    deserializer.deserialize_map(Pairs)
}
