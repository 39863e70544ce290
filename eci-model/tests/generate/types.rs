//! The structs of the API, made of the paths of the description.

use std::collections::BTreeMap;

use crate::description::{Description, Field, Limits, Operation};
use crate::names;

/// Every struct by its name.
pub(crate) struct Types {
    pub(crate) structs: BTreeMap<String, Struct>,
}

pub(crate) struct Struct {
    pub(crate) name: String,
    pub(crate) use_: Use,
    pub(crate) members: Vec<Member>,
}

/// Where a struct stands.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Use {
    /// It is a request.
    Request,
    /// It is an answer.
    Answer,
    /// It stands inside requests, answers or both.
    Part,
}

pub(crate) struct Member {
    pub(crate) wire: String,
    pub(crate) type_: Type,
    pub(crate) limits: Limits,
    /// Answers wrap the list into an object with this member.
    pub(crate) wrapped: Option<String>,
    pub(crate) only_in: Vec<String>,
}

/// The Rust type, without what makes it optional.
#[derive(Clone, PartialEq)]
pub(crate) struct Type {
    pub(crate) name: String,
    pub(crate) list: bool,
    pub(crate) map: bool,
    pub(crate) scalar: bool,
}

impl Types {
    pub(crate) fn of(description: &Description) -> Self {
        let mut types = Self {
            structs: BTreeMap::new(),
        };
        for (name, operation) in &description.operations {
            types.add_operation(name, operation);
        }
        types.check_tables();
        types
    }

    fn add_operation(&mut self, name: &str, operation: &Operation) {
        let request = Side {
            operation: name,
            arrow: '>',
            fields: &operation.request,
        };
        self.add(&request, &[], name.to_owned(), Use::Request);
        let answer = Side {
            operation: name,
            arrow: '<',
            fields: &operation.response,
        };
        self.add(&answer, &[], format!("{name}Answer"), Use::Answer);
    }

    fn add(&mut self, side: &Side<'_>, at: &[&str], name: String, use_: Use) {
        let mut members = Vec::new();
        for field in side.below(at) {
            members.push(self.member(side, field, &name));
        }
        if use_ == Use::Request {
            members.sort_by_key(|member| !member.limits.required);
        }
        match self.structs.get_mut(&name) {
            None => {
                self.structs.insert(name.clone(), Struct { name, use_, members });
            }
            Some(known) => known.merge(members, side.arrow == '<'),
        }
    }

    fn member(&mut self, side: &Side<'_>, field: &Field, owner: &str) -> Member {
        let path = field.segments();
        let wire = path.last().expect("a name").to_string();
        let list = field.kind.starts_with("list");
        let mut wrapped = None;
        let type_ = if field.type_ != "object" {
            scalar(field, owner, &wire)
        } else if let Some(inner) = side.wrapper(&path) {
            let inner_path = inner.segments();
            wrapped = inner_path.last().map(|name| (*name).to_owned());
            self.part(side, &inner_path, true)
        } else {
            self.part(side, &path, list)
        };
        let mut limits = field.limits.clone();
        let key = format!("{owner}.{wire}");
        let more = names::MORE_VALUES.iter().filter(|(field, _)| *field == key);
        limits.values.extend(more.map(|(_, value)| (*value).into()));
        Member {
            wire,
            type_,
            limits,
            wrapped,
            only_in: field.only_in.clone(),
        }
    }

    fn part(&mut self, side: &Side<'_>, path: &[&str], list: bool) -> Type {
        let name = names::type_at(side.operation, side.arrow, path);
        self.add(side, path, name.to_owned(), Use::Part);
        Type {
            name: name.to_owned(),
            list,
            map: false,
            scalar: false,
        }
    }

    /// Rows of the tables that mean nothing are mistakes.
    fn check_tables(&self) {
        let tables = [
            names::SECRETS.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
            names::EXPANDED.to_vec(),
            names::JSON_LISTS.to_vec(),
            names::COMMA_LISTS.to_vec(),
            names::MORE_VALUES.iter().map(|(field, _)| *field).collect(),
        ];
        for key in tables.concat() {
            let (name, wire) = key.split_once('.').expect("a type and a field");
            let known = self
                .structs
                .get(name)
                .is_some_and(|type_| type_.members.iter().any(|member| member.wire == wire));
            assert!(known, "there is no {key}");
        }
        for name in names::TYPES.iter().map(|(_, name)| name) {
            assert!(self.structs.contains_key(*name), "nothing is a {name}");
        }
    }
}

impl Struct {
    /// Takes the fields of another path of the same type: the same ones in requests, any in answers. Answers limit nothing.
    fn merge(&mut self, others: Vec<Member>, answer: bool) {
        let wires = |members: &[Member]| members.iter().map(|member| member.wire.clone()).collect::<Vec<_>>();
        assert!(
            answer || wires(&self.members) == wires(&others),
            "{} has two forms",
            self.name
        );
        for other in others {
            match self.members.iter_mut().find(|member| member.wire == other.wire) {
                Some(member) if answer => assert!(
                    member.type_ == other.type_,
                    "{}.{} has two types",
                    self.name,
                    other.wire
                ),
                Some(member) => member.merge(&other, &self.name),
                None => self.members.push(other),
            }
        }
    }
}

impl Member {
    /// What both allow.
    fn merge(&mut self, other: &Self, owner: &str) {
        assert!(self.type_ == other.type_, "{owner}.{} has two types", self.wire);
        fn widest<T: Ord>(mine: Option<T>, other: Option<T>, pick: fn(T, T) -> T) -> Option<T> {
            mine.zip(other).map(|(mine, other)| pick(mine, other))
        }
        let (mine, other) = (&mut self.limits, &other.limits);
        mine.required &= other.required;
        mine.min = widest(mine.min, other.min, Ord::min);
        mine.max = widest(mine.max, other.max, Ord::max);
        mine.items = widest(mine.items, other.items, Ord::max);
        mine.items_metadata = widest(mine.items_metadata, other.items_metadata, Ord::max);
        mine.length = mine.length.zip(other.length).map(|(a, b)| (a.0.min(b.0), a.1.max(b.1)));
        if mine.values != other.values && !other.values.iter().all(|value| mine.values.contains(value))
            || other.values.is_empty()
        {
            mine.values = Vec::new();
        }
        mine.default = mine
            .default
            .take()
            .filter(|default| other.default.as_ref() == Some(default));
        mine.unit = mine.unit.take().or_else(|| other.unit.clone());
    }
}

fn scalar(field: &Field, owner: &str, wire: &str) -> Type {
    let key = format!("{owner}.{wire}");
    let secret = names::SECRETS.iter().any(|(field, _)| *field == key);
    let name = match field.type_.as_str() {
        _ if names::JSON_LISTS.contains(&key.as_str()) => "JsonList",
        _ if names::COMMA_LISTS.contains(&key.as_str()) => "CommaList",
        "string" | "map<string,string>" if secret => "Sensitive<String>",
        "string" if names::EXPANDED.contains(&key.as_str()) => "MaybeSecret",
        "string" => "String",
        "boolean" => "bool",
        "int32" => "i32",
        "int64" => "i64",
        "float32" | "float64" | "map<string,any>" => "Decimal",
        other => panic!("no type for {other} of {key}"),
    };
    Type {
        name: name.to_owned(),
        list: field.kind.starts_with("list"),
        map: field.kind == "map",
        scalar: true,
    }
}

/// The request or the answer of an operation.
struct Side<'d> {
    operation: &'d str,
    arrow: char,
    fields: &'d [Field],
}

impl<'d> Side<'d> {
    /// The fields directly below a place.
    fn below(&self, at: &[&str]) -> impl Iterator<Item = &'d Field> {
        self.fields.iter().filter(move |field| {
            let path = field.segments();
            path.len() == at.len() + 1 && path.starts_with(at)
        })
    }

    /// The list inside an object that holds nothing else and is named after it: `Rules.Rule[]`.
    fn wrapper(&self, path: &[&str]) -> Option<&'d Field> {
        let mut below = self.below(path);
        let only = below.next()?;
        let plural = format!("{}s", only.segments().last()?);
        (below.next().is_none() && only.kind == "list<object>" && *path.last()? == plural).then_some(only)
    }
}
