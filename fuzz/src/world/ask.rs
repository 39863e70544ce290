//! What is asked of the world.

use std::time::Duration;

use eci_sdk::model::api::{
    Container, ContainerUpdate, CreateContainerGroup, EnvironmentVar, Probe, UpdateContainerGroup,
};
use eci_sdk::sim::{Behaviour, OutOfStock, Rates, WorldSettings};

use super::DEADLINE;

pub(super) fn settings() -> WorldSettings {
    let range = "10.0.8.0/28".parse().expect("a range");
    let vswitch = "vsw-h".parse().expect("an id");
    let mut settings = WorldSettings::default().seed(7).vswitch(vswitch, None, range);
    settings.rates = Rates::Unlimited;
    let ends = [("shop/bad", 3, 9), ("shop/done", 0, 40)];
    for (image, code, seconds) in ends {
        let after = Duration::from_secs(seconds);
        settings.scripts.image(image).behaviour = Some(Behaviour::Exits { after, code });
    }
    settings.scripts.image("shop/sick").answers_for = Some(Duration::from_secs(90));
    settings
}

/// A request out of a small number: every feature of a group, alone and together.
pub(super) fn request(kind: u8, number: usize) -> CreateContainerGroup {
    let bit = |bit: u8| kind >> bit & 1 == 1;
    let image = ["shop/main:1", "shop/bad:1", "shop/done:1", "shop/sick:1"][usize::from(kind >> 6)];
    let mut main = Container {
        name: "main".into(),
        image: image.into(),
        ..Default::default()
    };
    let probe = || Probe {
        period_seconds: Some(10),
        ..Default::default()
    };
    main.liveness_probe = bit(5).then(probe);
    if bit(4) {
        // The other one waits until this one is ready.
        main.environment_var = vec![EnvironmentVar {
            key: Some("ECI_CONTAINER_LAUNCH_PRIORITY".into()),
            value: Some("10".to_owned().into()),
            ..Default::default()
        }];
        main.readiness_probe = Some(Probe {
            initial_delay_seconds: Some(60),
            ..Default::default()
        });
    }
    if bit(0) {
        main.lifecycle_pre_stop_handler_exec = vec!["/stop".into()];
    }
    let side = Container {
        name: "side".into(),
        image: "shop/main:2".into(),
        readiness_probe: bit(5).then(probe),
        ..Default::default()
    };
    let mut request = CreateContainerGroup {
        region_id: "cn-hangzhou".into(),
        container_group_name: format!("pod-{number}"),
        client_token: Some(format!("token-{number}")),
        vswitch_id: Some("vsw-h".into()),
        restart_policy: Some(["Always", "Never", "OnFailure"][usize::from(kind % 3)].into()),
        spot_strategy: bit(1).then(|| "SpotAsPriceGo".into()),
        spot_duration: bit(1).then_some(0),
        active_deadline_seconds: bit(3).then_some(DEADLINE.as_secs().cast_signed()),
        max_pending_minute: Some(10),
        auto_create_eip: bit(4).then_some(true),
        container: if bit(4) { vec![main, side] } else { vec![main] },
        ..Default::default()
    };
    if bit(2) {
        request
            .extra
            .insert("EciFailStrategy".into(), "fail-fast".to_owned().into());
    }
    request
}

pub(super) fn update(id: &str) -> UpdateContainerGroup {
    UpdateContainerGroup {
        container_group_id: id.to_owned(),
        update_type: Some("IncrementalUpdate".into()),
        container: vec![ContainerUpdate {
            name: Some("main".into()),
            image: Some("shop/main:3".into()),
            ..Default::default()
        }],
        ..Default::default()
    }
}

pub(super) fn stock() -> OutOfStock {
    OutOfStock::of_spec("2-4Gi")
}
