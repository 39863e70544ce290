//! Requests and answers made of the description, with every field or some of them.

use std::sync::LazyLock;

use eci_model::api::Action;
use serde_json::{Map, Value as Json};

/// A field that holds a value, as the description has it.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    /// `Container.N.Port.N.Port`, or `Regions[].Zones[]`.
    pub(crate) path: String,
    pub(crate) type_: String,
    /// Wherever what holds it is there.
    pub(crate) required: bool,
    /// In every request.
    pub(crate) always: bool,
    pub(crate) values: Vec<String>,
    pub(crate) least: i64,
}

static DESCRIPTION: LazyLock<Json> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../data/openapi.json")).expect("the description"));

/// The fields of requests (`request`) or answers (`response`) that hold values.
pub(crate) fn leaves(action: Action, side: &str) -> Vec<Leaf> {
    let fields = DESCRIPTION["operations"][action.name()][side]
        .as_array()
        .expect("a list");
    let path = |field: &Json| field["path"].as_str().expect("a path").to_owned();
    let required: Vec<String> = fields
        .iter()
        .filter(|field| field["required"] == true)
        .map(path)
        .collect();
    let leaves = fields.iter().filter(|field| field["type"] != "object").map(|field| {
        let path = path(field);
        let holder = path.rsplit_once('.').map(|(holder, _)| holder);
        let holder_required = holder.is_none_or(|holder| required.iter().any(|required| required == holder));
        // A list that must be there and whose items require nothing is there if an item is.
        let item_required = holder.is_some_and(|holder| {
            holder_required
                && !required
                    .iter()
                    .any(|required| required.starts_with(&format!("{holder}.")))
        });
        Leaf {
            required: field["required"] == true || item_required,
            always: field["required"] == true && holder_required && !path.contains(".N"),
            type_: field["type"].as_str().expect("a type").to_owned(),
            values: field["enum"]
                .as_array()
                .map_or(Vec::new(), |values| values.iter().map(plain).collect()),
            least: field["min"].as_i64().unwrap_or(0),
            path,
        }
    });
    leaves.collect()
}

fn plain(json: &Json) -> String {
    json.as_str().map_or_else(|| json.to_string(), ToOwned::to_owned)
}

impl Leaf {
    /// The parameters of the field, each list with so many items.
    pub(crate) fn names(&self, items: usize) -> Vec<String> {
        let mut names = vec![self.path.clone()];
        while names.iter().any(|name| has_place(name)) {
            names = names
                .iter()
                .flat_map(|name| (1..=items).map(|at| number(name, at)))
                .collect();
        }
        if self.type_.starts_with("map") {
            names = names
                .iter()
                .flat_map(|name| [format!("{name}.#3#url"), format!("{name}.#4#a.b~")])
                .collect();
        }
        names
    }

    /// A value of the type, made of a seed. Texts hold signs that need care on the wire.
    pub(crate) fn value(&self, action: Action, seed: u32) -> String {
        if self.is_json_list(action) {
            return serde_json::json!(["eci-1", format!("a \"{seed}\", b")]).to_string();
        }
        let pick = usize::try_from(seed).expect("a small number");
        if let Some(value) = self.values.get(pick % self.values.len().max(1)) {
            return value.clone();
        }
        match self.type_.as_str() {
            "boolean" => seed.is_multiple_of(2).to_string(),
            "int32" | "int64" => (self.least + i64::from(seed % 60)).to_string(),
            "float32" | "float64" | "map<string,any>" => {
                ["0", "0.25", "2", "0.025", "123.4567", "4096"][pick % 6].to_owned()
            }
            _ => [
                "",
                "plain",
                "ümlaut 你好",
                "a.1=b&c+d %2A",
                " blank ",
                "{\"json\": [1, true]}",
            ][pick % 6]
                .to_owned(),
        }
    }

    fn is_json_list(&self, action: Action) -> bool {
        matches!(self.path.as_str(), "ContainerGroupIds" | "VirtualNodeIds")
            || (action == Action::ExecContainerCommand && self.path == "Command")
    }
}

fn has_place(name: &str) -> bool {
    name.split('.').any(|part| part == "N")
}

fn number(name: &str, at: usize) -> String {
    let mut done = false;
    let parts = name.split('.').map(|part| match part {
        "N" if !done => {
            done = true;
            at.to_string()
        }
        other => other.to_owned(),
    });
    parts.collect::<Vec<_>>().join(".")
}

/// Every parameter of a request.
pub(crate) fn full_request(
    action: Action,
    items: usize,
    value: impl Fn(&Leaf, &str) -> String,
) -> Vec<(String, String)> {
    let leaves = leaves(action, "request");
    let parameters = leaves.iter().flat_map(|leaf| {
        let names = leaf.names(items).into_iter();
        names.map(|name| (name.clone(), value(leaf, &name))).collect::<Vec<_>>()
    });
    parameters.collect()
}

/// An answer with the members that `value` gives, each list with so many items.
pub(crate) fn answer(action: Action, items: usize, mut value: impl FnMut(&Leaf) -> Option<Json>) -> Json {
    let mut json = Json::Object(Map::new());
    for leaf in leaves(action, "response") {
        let parts: Vec<&str> = leaf.path.split('.').collect();
        put(&mut json, &parts, items, &mut || value(&leaf));
    }
    json
}

fn put(json: &mut Json, parts: &[&str], items: usize, value: &mut dyn FnMut() -> Option<Json>) {
    let Some((first, rest)) = parts.split_first() else {
        if let Some(value) = value() {
            *json = value;
        }
        return;
    };
    let object = json.as_object_mut().expect("an object");
    let name = first.trim_end_matches("[]");
    if first.ends_with("[]") {
        let empty = if rest.is_empty() {
            Json::Null
        } else {
            Json::Object(Map::new())
        };
        let list = object.entry(name).or_insert_with(|| Json::Array(vec![empty; items]));
        for item in list.as_array_mut().expect("a list") {
            put(item, rest, items, value);
        }
    } else if rest.is_empty() {
        if let Some(value) = value() {
            object.insert(name.to_owned(), value);
        }
    } else {
        put(
            object.entry(name).or_insert_with(|| Json::Object(Map::new())),
            rest,
            items,
            value,
        );
    }
}

/// A JSON value of the field's type.
pub(crate) fn json_value(leaf: &Leaf, action: Action, seed: u32) -> Json {
    match leaf.type_.as_str() {
        "boolean" | "int32" | "int64" | "float32" | "float64" => {
            serde_json::from_str(&leaf.value(action, seed)).expect("a number or a boolean")
        }
        "map<string,any>" => serde_json::json!({"UsedCpu": 2.5, "MaxCpu": 1000}),
        _ => Json::from(leaf.value(action, seed)),
    }
}
