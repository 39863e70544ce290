//! Sizes, ECS types, and what narrows them.

use eci_model::settings::{Generation, GpuDriver, InstanceFamily, Signed, SignedItem};
use eci_model::spec::{EcsType, Size, SpecItem, SpecList};

use crate::value::list::read_list;
use crate::value::{Reading, RemarkKind, Value, ValueError};

const SPEC: &str = "`<vCPU>-<GiB>Gi` or `ecs.<family>.<size>`";

impl Value for SpecItem {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        text.parse().map_err(|_| ValueError::new(text, SPEC))
    }
}

impl Value for SpecList {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        read_list(text, reading, SpecItem::read).map(SpecList)
    }
}

impl Value for Size {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        text.parse().map_err(|_| ValueError::new(text, "`<vCPU>-<GiB>Gi`"))
    }
}

impl Value for EcsType {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        text.parse().map_err(|_| ValueError::new(text, "`ecs.<family>.<size>`"))
    }
}

macro_rules! signed {
    ($($item:ident),*) => {$(
        impl Value for Signed<$item> {
            fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
                read_list(text, reading, |text, reading| {
                    let (excluded, rest) = match text.strip_prefix('-') {
                        Some(rest) => (true, rest),
                        None => (false, text),
                    };
                    let item = reading.part(usize::from(excluded), |reading| $item::read(rest, reading))?;
                    Ok(SignedItem { excluded, item })
                })
                .map(Signed)
            }
        }
    )*};
}

signed!(InstanceFamily, Generation);

impl Value for GpuDriver {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        const EXPECTED: &str = "`<kind>=<version>`, such as `tesla=535`";
        let driver: Self = text.parse().map_err(|_| ValueError::new(text, EXPECTED))?;
        if driver.version().contains('.') {
            reading.remark(
                RemarkKind::OpenForm,
                0..text.len(),
                "the major version alone, as since 2025-03-17",
            );
        }
        Ok(driver)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Fault;

    #[test]
    fn the_wrong_size_is_pointed_at() {
        let error = SpecList::parse("2-4Gi,4x8").expect_err("no size");
        assert_eq!(error.to_string(), format!("`4x8` is not {SPEC}"));
        assert_eq!((error.within, error.fault), (6..9, Fault::Form));
    }

    #[test]
    fn what_the_platform_writes_is_what_users_write() {
        let written_back = SpecList::parse("2.0-4.0Gi, ecs.c6.xlarge").expect("a list");
        assert_eq!(written_back.to_string(), "2-4Gi,ecs.c6.xlarge");
        assert_eq!(SpecList::parse(&written_back.to_string()), Ok(written_back));
    }

    #[test]
    fn minus_excludes() {
        let families = Signed::<InstanceFamily>::parse("-ecs.c6, -ecs.c5").expect("a list");
        assert_eq!(families.to_string(), "-ecs.c6,-ecs.c5");
        assert!(!families.is_mixed());
        let error = Signed::<InstanceFamily>::parse("ecs.c6,-c5").expect_err("no family");
        assert_eq!(error.within, 8..10);
        let mixed = Signed::<Generation>::parse("6,-4").expect("a list");
        assert!(mixed.is_mixed());
    }

    #[test]
    fn full_driver_versions_are_told() {
        for (text, remarks) in [("tesla=535", 0), ("tesla=470.82.01", 1)] {
            let mut reading = Reading::default();
            assert_eq!(GpuDriver::read(text, &mut reading).expect(text).to_string(), text);
            assert_eq!(reading.remarks().len(), remarks, "{text}");
        }
    }

    #[test]
    fn sizes_and_types_alone() {
        assert_eq!(Size::parse("2.0-4.0Gi").expect("a size").to_string(), "2-4Gi");
        assert!(EcsType::parse("2-4Gi").is_err() && Size::parse("ecs.c6.large").is_err());
    }
}
