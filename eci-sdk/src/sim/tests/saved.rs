//! Worlds that are saved and loaded go on as if nothing had been.

use std::num::NonZeroUsize;

use eci_model::Sensitive;
use eci_model::api::EnvironmentVar;

use super::*;

fn settings() -> WorldSettings {
    let range = "10.0.8.0/29".parse().expect("a range");
    let vswitch = "vsw-h".parse().expect("an id");
    let zone = "cn-hangzhou-h".parse().ok();
    WorldSettings::default().seed(7).vswitch(vswitch, zone, range)
}

fn reloaded(world: &World) -> World {
    let mut file = Vec::new();
    world.save().expect("recorded").write_to(&mut file).expect("written");
    let saved = Saved::read_from(&*file).expect("readable");
    World::load(settings(), &saved).expect("the same")
}

#[test]
fn journal_and_events_that_were_not_taken_come_back() {
    let mut world = World::recorded(settings());
    create(&mut world, request("web")).expect("accepted");
    let mut again = reloaded(&world);
    assert_eq!(again.journal(), world.journal());
    assert_eq!(pass(&mut again, 60), pass(&mut world, 60));
    world.take_journal();
    assert!(reloaded(&world).journal().entries().is_empty());
}

#[test]
fn secrets_come_back_and_are_not_printed() {
    let mut world = World::recorded(settings());
    let mut wanted = request("web");
    wanted.container[0].environment_var = vec![EnvironmentVar {
        key: Some("PASSWORD".into()),
        value: Some(Sensitive::from("hunter2")),
        ..Default::default()
    }];
    let id = create(&mut world, wanted).expect("accepted");
    let saved = world.save().expect("recorded");
    assert!(!format!("{saved:?} {world:?}").contains("hunter2"));
    let again = reloaded(&world);
    assert_eq!(again.container_group(&id), world.container_group(&id));
    let request = |world: &World| {
        world
            .key(&id)
            .and_then(|key| world.group(key))
            .map(|group| group.request.clone())
    };
    assert_eq!(request(&again), request(&world));
}

#[test]
fn other_settings_are_refused() {
    let saved = World::recorded(settings()).save().expect("recorded");
    let loaded = World::load(settings().seed(8), &saved);
    assert!(matches!(loaded, Err(SaveError::OtherSettings)));
}

#[test]
fn a_world_that_does_not_record_cannot_be_saved() {
    assert!(matches!(World::ideal().save(), Err(SaveError::NotRecorded)));
}

#[test]
fn a_changed_history_is_refused() {
    let mut world = World::recorded(settings());
    create(&mut world, request("web")).expect("accepted");
    let mut file = Vec::new();
    world.save().expect("recorded").write_to(&mut file).expect("written");
    let text = String::from_utf8(file)
        .expect("text")
        .replace("shop/main:1", "shop/other:1");
    let saved = Saved::read_from(text.as_bytes()).expect("readable");
    assert!(matches!(World::load(settings(), &saved), Err(SaveError::OtherState)));
}

#[test]
fn threads_do_not_matter() {
    let run = || {
        let mut world = World::new(settings());
        create(&mut world, request("web")).expect("accepted");
        pass(&mut world, 600);
        world.fingerprint()
    };
    let count = std::thread::available_parallelism().map_or(2, NonZeroUsize::get).max(2);
    let threads: Vec<_> = (0..count).map(|_| std::thread::spawn(run)).collect();
    for thread in threads {
        assert_eq!(thread.join().expect("no panic"), run());
    }
}
