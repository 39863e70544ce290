//! The table of a record: wire names and limits.

/// A row of the table of a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// The name on the wire.
    pub(crate) name: &'static str,
    /// The caller must give it.
    pub(crate) required: bool,
    /// Smallest and largest number.
    pub(crate) range: (i64, i64),
    /// The values of the documentation, none if it lists none.
    pub(crate) values: &'static [&'static str],
    /// Fewest and most characters.
    pub(crate) length: (usize, usize),
    /// The longest list.
    pub(crate) items: usize,
    /// Answers put the list into an object with this one member.
    pub(crate) wrapped: Option<&'static str>,
}

impl Field {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self {
            name,
            required: false,
            range: (i64::MIN, i64::MAX),
            values: &[],
            length: (0, usize::MAX),
            items: usize::MAX,
            wrapped: None,
        }
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) const fn range(mut self, least: i64, most: i64) -> Self {
        self.range = (least, most);
        self
    }

    pub(crate) const fn values(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }

    pub(crate) const fn length(mut self, least: usize, most: usize) -> Self {
        self.length = (least, most);
        self
    }

    pub(crate) const fn items(mut self, most: usize) -> Self {
        self.items = most;
        self
    }

    pub(crate) const fn wrapped(mut self, member: &'static str) -> Self {
        self.wrapped = Some(member);
        self
    }
}

/// Ties a struct to its wire names: `fields! { Type { field = "Wire".required().items(20), } }`. Types with an `extra` map say
/// `Type + extra`.
macro_rules! fields {
    ($type:ident $(+ $extra:ident)? {
        $($field:ident = $wire:literal $(.$limit:ident($($value:expr),*))*,)*
    }) => {
        impl $crate::api::record::Record for $type {
            fn each<'a>(
                &'a self,
                visit: &mut dyn FnMut(&'static $crate::api::record::Field, $crate::api::record::View<'a>),
            ) {
                use $crate::api::record::{Field, Value};
                $({
                    const FIELD: Field = Field::new($wire)$(.$limit($($value),*))*;
                    visit(&FIELD, Value::view(&self.$field));
                })*
            }

            fn view(&self, name: &str) -> Option<$crate::api::record::View<'_>> {
                use $crate::api::record::Value;
                match name {
                    $($wire => Some(Value::view(&self.$field)),)*
                    _ => None,
                }
            }

            fn find(
                &mut self,
                name: &str,
            ) -> Option<(&'static $crate::api::record::Field, &mut dyn $crate::api::record::Value)> {
                use $crate::api::record::Field;
                match name {
                    $($wire => {
                        const FIELD: Field = Field::new($wire)$(.$limit($($value),*))*;
                        Some((&FIELD, &mut self.$field))
                    })*
                    _ => None,
                }
            }

            $(
                fn extra(&self) -> Option<&$crate::api::Extra> {
                    Some(&self.$extra)
                }

                fn extra_mut(&mut self) -> Option<&mut $crate::api::Extra> {
                    Some(&mut self.$extra)
                }
            )?
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::api::record::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use fields;
