//! How large the instance is, and of which kind.

use eci_model::api::Decimal;
use eci_model::settings::{ComputeCategory, Generation, GpuDriver, InstanceFamily, Signed};
use eci_model::spec::{EcsType, SpecList};
use eci_model::{Editions, List, Memory};

use crate::facts::{Category, Confidence, Standing};

keys! {
    /// Ordered list of instance sizes to try.
    ///
    /// Each item is either CPU-memory (decimal vCPU, hyphen, decimal GiB followed by Gi) or an ECS instance type name.
    /// The list may mix both kinds, except that GPU, local-disk and Arm ECS types may only sit next to types of the
    /// same kind. CPU-memory items outside the supported grid are rounded up to the next supported size. Without the
    /// annotation: sum of container limits, else sum of requests, else 2 vCPU/4 GiB. GPU types also need nvidia.com/gpu
    /// in container limits; Arm types need nodeSelector kubernetes.io/arch=arm64; local-disk types are consumed through
    /// emptyDir medium LocalRaid0. t5/t6 types are no longer supported since 2024-06-04. An extra legacy item form
    /// `ecigpu-<gpuType>-<count>` appears in 2020 docs (not in current ones).
    USE_SPECS: SpecList => use_specs = pod("k8s.aliyun.com/eci-use-specs")
        .category(Category::Instance).editions(Editions::ALL).shape("spec-list")
        .allowed("grammar: item(,item)* ; item = cpu-memGi | ecs.<family>.<size>").max_items(5)
        .unit("vCPU and GiB per item").default("none: size derived from container limits/requests, then 2-4Gi")
        .requires(&[
            "nvidia.com/gpu container limit when an item is a GPU type",
            "nodeSelector kubernetes.io/arch=arm64 when items are Arm types",
        ])
        .conflicts(&["mixing GPU, local-disk or Arm types with items of another kind"])
        .precedence("Overrides container requests/limits for sizing; list order is priority order. ECS type items switch off compute-category, instance-family and instance-generation.")
        .api("InstanceType (list) or Cpu/Memory")
        .aliases(&[
            "k8s.aliyun.com/eci-instance-type",
            "k8s.aliyun.com/eci-gpu-type",
            "k8s.aliyun.com/eci-cpu",
            "k8s.aliyun.com/eci-memory",
        ])
        .examples(&[
            "2-4Gi,4-8Gi,ecs.c6.xlarge",
            "2-4Gi,ecs.c5.large,ecs.c6.large",
            "2-4Gi",
            "ecs.gn6i-c4g1.xlarge,ecs.gn6i-c8g1.2xlarge",
            "ecs.c8y.large,ecs.g8y.large",
        ])
        .source("Create pods by specifying multiple specifications (多规格创建Pod)", "2025-03-28")
        .confidence(Confidence::BothLanguages);

    /// Ordered allow list of ECS families, or exclusion list when items start with a minus sign.
    ///
    /// Only used when the size is given as CPU-memory (or from container resources). Official prose writes items with a
    /// space after the comma, official YAML without. Cannot pull in GPU or local-disk families; Arm families (g8y, c8y,
    /// r8y) cannot be combined with x86 ones. May be combined with generation and spot (price decides first). No stock
    /// in the list means creation fails. Billed as the matched ECS type. Mixing plain and minus items in one list is
    /// not described.
    INSTANCE_FAMILY: Signed<InstanceFamily> => instance_families = pod("k8s.aliyun.com/eci-instance-family")
        .category(Category::Instance).editions(Editions::ALL).shape("signed-list")
        .allowed("grammar: [-]ecs.<family>(,[-]ecs.<family>)*").requires(&["CPU-memory sizing"])
        .conflicts(&[
            "k8s.aliyun.com/eci-compute-category",
            "ECS type items in k8s.aliyun.com/eci-use-specs (then ignored)",
        ])
        .examples(&["ecs.c6,ecs.g6", "ecs.c6, ecs.c5", "-ecs.hfg6,-ecs.hfg5", "-ecs.c6, -ecs.c5"])
        .source("Specify or exclude ECS instance families (指定或排除ECS规格族创建Pod)", "2024-11-13")
        .confidence(Confidence::BothLanguages)
        .policies(&["ListLength"]);

    /// Ordered allow list, or exclusion list with minus signs, of ECS generation numbers.
    ///
    /// Same rules as eci-instance-family. Pages disagree about generation 8: one page limits values to 4-7 while its
    /// own table lists x86 generation 8; another says generation 8 is Arm only.
    INSTANCE_GENERATION: Signed<Generation> => instance_generations = pod("k8s.aliyun.com/eci-instance-generation")
        .category(Category::Instance).editions(Editions::ALL).shape("signed-list")
        .allowed("grammar: [-]n(,[-]n)* ; n in 4,5,6,7 (8: see summary)").min(4).max(8).requires(&["CPU-memory sizing"])
        .conflicts(&[
            "k8s.aliyun.com/eci-compute-category",
            "ECS type items in k8s.aliyun.com/eci-use-specs (then ignored)",
        ])
        .examples(&["6,5", "-5,-4"]).source("Specify or exclude ECS generations (指定或排除ECS规格代数创建Pod)", "2024-11-13")
        .confidence(Confidence::BothLanguages)
        .disputed("one page allows 4 to 7 and lists x86 families of generation 8, another says that 8 is Arm only")
        .policies(&["OpenForms", "ListLength"]);

    /// Ordered list of compute classes. economy covers 0.25-8 vCPU, general covers 1-64 vCPU.
    ///
    /// Several sizes times several categories are tried size-first. general with less than 1 vCPU is raised to 1;
    /// economy above 8 vCPU is an error; impossible pairs in a list are skipped. With no size the default is 2-4Gi.
    /// Rounding grids differ: 7-13Gi becomes 8-16Gi for general. Older pages knew only economy. EN text ties the
    /// spot/Arm error to economy; ZH text covers any category.
    COMPUTE_CATEGORY: List<ComputeCategory> => compute_categories = pod("k8s.aliyun.com/eci-compute-category")
        .category(Category::Instance).editions(Editions::ACK_BOTH).shape("enum-list").words(&["economy", "general"])
        .max_items(2).requires(&["CPU-memory sizing"])
        .conflicts(&[
            "spot annotations and Arm nodes: error FeatureBasedConstraintConflict",
            "k8s.aliyun.com/eci-instance-family",
            "k8s.aliyun.com/eci-instance-generation",
            "ECS type items in k8s.aliyun.com/eci-use-specs win",
        ])
        .precedence("Sizes outrank categories; ECS type items outrank the category.").api("ComputeCategory.N")
        .examples(&["economy", "economy,general"])
        .source("Specify a compute category to create a pod (指定算力类别创建Pod)", "2024-08-14")
        .confidence(Confidence::BothLanguages)
        .disputed("older texts know only `economy`; the English page ties the error with spot and Arm to `economy`, the Chinese one to every category");

    /// GPU driver (and so CUDA) selection for GPU types that offer several drivers.
    ///
    /// Since 2025-03-17 only the major version is needed (tesla=535). Supported Tesla majors: 470 (CUDA 11.4, general
    /// default), 535 (12.2), 550 (12.4); gn8ia/gn8is default to 535. Tesla 525 was withdrawn and is served as 535. vGPU
    /// families (sgn7i-vws, vgn7i, vgn6i) only have GRID 470. Full-version strings still appear in tables and samples.
    GPU_DRIVER_VERSION: GpuDriver => gpu_driver = pod("k8s.aliyun.com/eci-gpu-driver-version")
        .category(Category::Instance).editions(Editions::ALL)
        .allowed("grammar: <kind>=<version>; documented: tesla=470, tesla=535, tesla=550 (older: tesla=470.82.01, tesla=525.85.12, tesla=535.161.08)")
        .default("tesla 470 on most types (API default tesla=470.82.01)")
        .requires(&["GPU ECS type in k8s.aliyun.com/eci-use-specs that supports switching drivers"])
        .api("GpuDriverVersion").examples(&["tesla=535", "tesla=525.85.12", "tesla=535.161.08"])
        .source("Specify a GPU type to create a pod (指定GPU规格创建Pod)", "2025-03-21").confidence(Confidence::BothLanguages)
        .disputed("the tables show `tesla=525.85.12`, the feature page (2025-03-21) wants `tesla=535` and says that 525 is gone, a sample of 2025-03-14 has `tesla=535.161.08`, the SDK lists 470.82.01 and 525.85.12")
        .policies(&["OpenForms"]);

    /// Number of physical cores, only for some ECS types; API metadata bounds 0-1000.
    ///
    /// Gone from the main annotation table but still listed on an ACK Serverless page. Unsupported use yields condition
    /// reason CpuOptionsNotSupported or CpuOptionsNotValid.
    CPU_OPTION_CORE: u32 => cpu_cores = pod("k8s.aliyun.com/eci-cpu-option-core")
        .category(Category::Instance).shape("integer").min(0).max(1000)
        .requires(&["ECS type in k8s.aliyun.com/eci-use-specs that supports CPU options"]).api("CpuOptionsCore")
        .examples(&["2"]).standing(Standing::Doubtful).source("ECI overview for ACK Serverless", "2025-02-17")
        .confidence(Confidence::OnePage)
        .disputed("gone from the annotation table, still on ECI overview for ACK Serverless (2025-02-17)")
        .policies(&["CpuOptions"]);

    /// Threads per core; 1 turns hyper-threading off.
    ///
    /// Same status as eci-cpu-option-core.
    CPU_OPTION_HT: u32 => cpu_threads = pod("k8s.aliyun.com/eci-cpu-option-ht")
        .category(Category::Instance).shape("integer").min(0).max(1000)
        .requires(&["ECS type in k8s.aliyun.com/eci-use-specs that supports CPU options"])
        .api("CpuOptionsThreadsPerCore").examples(&["1"]).standing(Standing::Doubtful)
        .source("ECI overview for ACK Serverless", "2025-02-17").confidence(Confidence::OnePage)
        .disputed("gone from the annotation table, still on ECI overview for ACK Serverless (2025-02-17)")
        .policies(&["CpuOptions"]);

    /// Old way to give one ECS type; use eci-use-specs.
    INSTANCE_TYPE: EcsType = pod("k8s.aliyun.com/eci-instance-type")
        .category(Category::Instance).precedence("Superseded by k8s.aliyun.com/eci-use-specs.").api("InstanceType")
        .aliases(&["k8s.aliyun.com/eci-use-specs"]).examples(&["ecs.c5.large"])
        .standing(Standing::Retired("k8s.aliyun.com/eci-use-specs"))
        .source("ECI pod annotations (2020-2021 editions)", "2021").confidence(Confidence::OldPages);

    /// Old way to give a GPU model; use eci-use-specs with an ECS GPU type.
    GPU_TYPE: String = pod("k8s.aliyun.com/eci-gpu-type")
        .category(Category::Instance).aliases(&["k8s.aliyun.com/eci-use-specs"]).examples(&["P4"])
        .standing(Standing::Retired("k8s.aliyun.com/eci-use-specs"))
        .source("ECI pod annotations (2020-2021 editions)", "2020").confidence(Confidence::OldPages);

    /// Seen as a vCPU override in third-party code; not in official pages.
    ///
    /// Do not generate.
    CPU: Decimal = pod("k8s.aliyun.com/eci-cpu")
        .category(Category::Instance).shape("decimal").unit("vCPU").api("Cpu")
        .aliases(&["k8s.aliyun.com/eci-use-specs"]).examples(&["2"]).standing(Standing::ThirdParty)
        .source("public repositories", "").confidence(Confidence::OthersCode);

    /// Seen as a memory override in third-party code; not in official pages.
    ///
    /// Do not generate.
    MEMORY: Memory = pod("k8s.aliyun.com/eci-memory")
        .category(Category::Instance).shape("quantity").unit("GiB").api("Memory")
        .aliases(&["k8s.aliyun.com/eci-use-specs"]).examples(&["4Gi"]).standing(Standing::ThirdParty)
        .source("public repositories", "").confidence(Confidence::OthersCode);
}
