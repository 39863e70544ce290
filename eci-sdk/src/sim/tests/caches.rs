//! Image caches, data caches, virtual nodes, and the speed of pulls.

use eci_model::api::{
    CopyDataCache, CreateDataCache, CreateImageCache, CreateVirtualNode, DeleteDataCache, DeleteImageCache,
    DeleteVirtualNode, DescribeDataCaches, DescribeImageCaches, DescribeVirtualNodes, ImageCache, ListTagResources,
    Tag, UpdateImageCache,
};

use super::operations::ask;
use super::*;

fn cache(images: &[&str]) -> CreateImageCache {
    CreateImageCache {
        region_id: "cn-hangzhou".into(),
        image_cache_name: "shop".into(),
        image: images.iter().map(ToString::to_string).collect(),
        ..Default::default()
    }
}

fn make(world: &mut World, request: CreateImageCache) -> String {
    ask(world, request).expect("accepted").image_cache_id.expect("an id")
}

fn caches(world: &mut World) -> Vec<ImageCache> {
    ask(world, DescribeImageCaches::default())
        .expect("answered")
        .image_caches
}

fn stage(world: &mut World, id: &str) -> Option<String> {
    let found = caches(world)
        .into_iter()
        .find(|cache| cache.image_cache_id.as_deref() == Some(id));
    found.and_then(|cache| cache.status)
}

fn seconds_to_run(world: &mut World, request: CreateContainerGroup) -> u64 {
    let id = create(world, request).expect("accepted");
    let began = world.now();
    while status(world, &id) != "Running" {
        let next = world.next_event_at().expect("it goes on");
        world.advance(next);
    }
    (world.now() - began).as_secs()
}

#[test]
fn images_come_in_as_fast_as_the_page_says() {
    let mut settings = WorldSettings::default();
    settings.scripts.image("shop/main").size_mib = 368;
    let pull = settings.pull_time("shop/main:1");
    assert_eq!(pull.as_secs(), 48, "386 MB");
}

#[test]
fn a_cache_is_prepared_created_and_ready() {
    let mut world = world();
    let id = make(&mut world, cache(&["shop/main:1"]));
    assert_eq!(stage(&mut world, &id).as_deref(), Some("Preparing"));
    pass(&mut world, 30);
    assert_eq!(stage(&mut world, &id).as_deref(), Some("Creating"));
    pass(&mut world, 60);
    assert_eq!(stage(&mut world, &id).as_deref(), Some("Ready"));
}

#[test]
fn a_cache_of_an_image_that_cannot_be_pulled_fails_and_goes_after_a_day() {
    let mut world = world();
    world
        .fault(Fault::ImageGone {
            image: "shop/main".into(),
        })
        .expect("it can go");
    let id = make(&mut world, cache(&["shop/main:1"]));
    pass(&mut world, 120);
    assert_eq!(stage(&mut world, &id).as_deref(), Some("Failed"));
    pass(&mut world, 24 * 3600);
    assert_eq!(stage(&mut world, &id), None);
}

#[test]
fn a_named_cache_must_be_ready_and_spares_the_pull() {
    let mut world = world();
    let slow = seconds_to_run(&mut world, request("slow"));
    let id = make(&mut world, cache(&["shop/main:1"]));
    let mut named = request("fast");
    named.image_snapshot_id = Some(id);
    let error = create(&mut world, named.clone()).expect_err("it is not ready");
    assert_eq!(
        (&*error.code, error.class),
        ("ImageSnapshot.IncorrectStatus", Class::AfterStateChange)
    );
    pass(&mut world, 120);
    let fast = seconds_to_run(&mut world, named);
    assert!(fast + 20 < slow, "{fast} and {slow}");
}

#[test]
fn what_is_matched_automatically_is_cached_for_the_next_one() {
    let mut world = world();
    let automatic = |name: &str| CreateContainerGroup {
        auto_match_image_cache: Some(true),
        ..request(name)
    };
    let id = create(&mut world, automatic("one")).expect("accepted");
    pass(&mut world, 120);
    let reasons = |world: &World, id: &str| -> Vec<String> {
        group(world, id)
            .events
            .into_iter()
            .filter_map(|event| event.reason)
            .collect()
    };
    assert_eq!(
        reasons(&world, &id),
        [
            "ImageCacheMissed",
            "ImageCacheAutoCreated",
            "Pulling",
            "Pulled",
            "Started"
        ]
    );
    let id = create(&mut world, automatic("two")).expect("accepted");
    pass(&mut world, 20);
    assert_eq!(status(&world, &id), "Running");
    assert_eq!(reasons(&world, &id)[0], "SuccessfulHitImageCache");
    assert_eq!(caches(&mut world).len(), 1);
    pass(&mut world, 31 * 24 * 3600);
    assert_eq!(caches(&mut world).len(), 0, "30 days after the last match");
}

#[test]
fn only_caches_that_are_ready_are_changed() {
    let mut world = world();
    let id = make(&mut world, cache(&["shop/main:1"]));
    let update = UpdateImageCache {
        image_cache_id: id.clone(),
        image: vec!["shop/main:2".into()],
        ..Default::default()
    };
    let error = ask(&mut world, update.clone()).expect_err("it is prepared");
    assert_eq!(&*error.code, "ImageCache.IncorrectStatus");
    pass(&mut world, 120);
    ask(&mut world, update).expect("accepted");
    assert_eq!(stage(&mut world, &id).as_deref(), Some("Updating"));
    pass(&mut world, 120);
    assert_eq!(caches(&mut world)[0].images, ["shop/main:2"]);
    let delete = DeleteImageCache {
        image_cache_id: id,
        ..Default::default()
    };
    ask(&mut world, delete.clone()).expect("accepted");
    assert_eq!(
        &*ask(&mut world, delete).expect_err("gone").code,
        "InvalidParameter.NotFound"
    );
}

#[test]
fn caches_are_matched_by_any_or_all_of_the_images() {
    let mut world = world();
    make(&mut world, cache(&["shop/main:1", "shop/log:1"]));
    let mut found = |full: bool, images: &[&str]| {
        let request = DescribeImageCaches {
            match_image: images.iter().map(ToString::to_string).collect(),
            image_full_match: Some(full),
            ..Default::default()
        };
        ask(&mut world, request).expect("answered").image_caches.len()
    };
    assert_eq!(found(false, &["shop/main:1", "shop/other:1"]), 1);
    assert_eq!(found(true, &["shop/main:1", "shop/other:1"]), 0);
    assert_eq!(found(true, &["shop/main:1", "shop/log:1"]), 1);
}

#[test]
fn data_is_loaded_stored_copied_and_deleted_by_its_path() {
    let mut world = world();
    let data = CreateDataCache {
        region_id: "cn-hangzhou".into(),
        path: Some("/models/a".into()),
        size: Some(1),
        ..Default::default()
    };
    let id = ask(&mut world, data.clone())
        .expect("accepted")
        .data_cache_id
        .expect("an id");
    assert!(ask(&mut world, data).is_err(), "the path is used");
    let status = |world: &mut World| {
        let list = ask(world, DescribeDataCaches::default()).expect("answered").data_caches;
        list.into_iter().filter_map(|cache| cache.status).collect::<Vec<_>>()
    };
    assert_eq!(status(&mut world), ["Loading"]);
    pass(&mut world, 140);
    assert_eq!(status(&mut world), ["Creating"]);
    pass(&mut world, 120);
    assert_eq!(status(&mut world), ["Available"]);
    let copy = CopyDataCache {
        data_cache_id: id,
        region_id: "cn-hangzhou".into(),
        destination_region_id: "cn-beijing".into(),
        ..Default::default()
    };
    ask(&mut world, copy).expect("accepted");
    assert_eq!(status(&mut world), ["Available", "Loading"]);
    let delete = DeleteDataCache {
        path: Some("/models/a".into()),
        ..Default::default()
    };
    ask(&mut world, delete).expect("accepted");
    assert_eq!(status(&mut world), ["Loading"]);
}

#[test]
fn a_virtual_node_becomes_ready_and_carries_tags() {
    let mut world = world();
    let tag = Tag {
        key: Some("team".into()),
        value: Some("shop".into()),
    };
    let node = CreateVirtualNode {
        region_id: "cn-hangzhou".into(),
        vswitch_id: "vsw-h".into(),
        client_token: Some("node".into()),
        tag: vec![tag],
        ..Default::default()
    };
    let id = ask(&mut world, node.clone())
        .expect("accepted")
        .virtual_node_id
        .expect("an id");
    let again = ask(&mut world, node).expect("found").virtual_node_id;
    assert_eq!(again.as_deref(), Some(&*id));
    let ready = DescribeVirtualNodes {
        status: Some("Ready".into()),
        ..Default::default()
    };
    assert!(
        ask(&mut world, ready.clone())
            .expect("answered")
            .virtual_nodes
            .is_empty()
    );
    pass(&mut world, 60);
    assert_eq!(ask(&mut world, ready).expect("answered").total_count, Some(1));
    let tags = ListTagResources {
        resource_type: "VirtualNode".into(),
        ..Default::default()
    };
    assert_eq!(ask(&mut world, tags).expect("answered").tag_resources.len(), 1);
    let delete = DeleteVirtualNode {
        virtual_node_id: id,
        ..Default::default()
    };
    ask(&mut world, delete).expect("accepted");
}

#[test]
fn addresses_of_others_are_not_given_out() {
    let mut settings = WorldSettings::ideal().vswitch(
        "vsw-h".parse().expect("an id"),
        None,
        "10.0.8.0/29".parse().expect("four addresses"),
    );
    settings.vswitches[0].others = 3;
    let mut world = World::new(settings);
    let first = create(&mut world, request("one")).expect("accepted");
    let second = create(&mut world, request("two")).expect("accepted");
    pass(&mut world, 1);
    assert_eq!(
        (status(&world, &first), status(&world, &second)),
        ("Running".into(), "Scheduling".into())
    );
}
