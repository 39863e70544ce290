//! The endpoints of the regions, by region: on the internet, inside a VPC.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

regions! {
    "ap-northeast-1": "eci.ap-northeast-1.aliyuncs.com" "eci-vpc.ap-northeast-1.aliyuncs.com";
    "ap-northeast-2": "eci.ap-northeast-2.aliyuncs.com" "eci-vpc.ap-northeast-2.aliyuncs.com";
    "ap-south-1": "eci.ap-south-1.aliyuncs.com" "eci-vpc.ap-south-1.aliyuncs.com";
    "ap-southeast-1": "eci.ap-southeast-1.aliyuncs.com" "eci-vpc.ap-southeast-1.aliyuncs.com";
    "ap-southeast-2": "eci.ap-southeast-2.aliyuncs.com" "eci-vpc.ap-southeast-2.aliyuncs.com";
    "ap-southeast-3": "eci.ap-southeast-3.aliyuncs.com" "eci-vpc.ap-southeast-3.aliyuncs.com";
    "ap-southeast-5": "eci.ap-southeast-5.aliyuncs.com" "eci-vpc.ap-southeast-5.aliyuncs.com";
    "ap-southeast-6": "eci.ap-southeast-6.aliyuncs.com" "eci-vpc.ap-southeast-6.aliyuncs.com";
    "ap-southeast-7": "eci.ap-southeast-7.aliyuncs.com" "eci-vpc.ap-southeast-7.aliyuncs.com";
    "cn-beijing": "eci.cn-beijing.aliyuncs.com" "eci-vpc.cn-beijing.aliyuncs.com";
    "cn-beijing-finance-1": "eci.cn-beijing-finance-1.aliyuncs.com" "eci-vpc.cn-beijing-finance-1.aliyuncs.com";
    "cn-chengdu": "eci.cn-chengdu.aliyuncs.com" "eci-vpc.cn-chengdu.aliyuncs.com";
    "cn-fuzhou": "eci.cn-fuzhou.aliyuncs.com" "eci-vpc.cn-fuzhou.aliyuncs.com";
    "cn-guangzhou": "eci.cn-guangzhou.aliyuncs.com" "eci-vpc.cn-guangzhou.aliyuncs.com";
    "cn-hangzhou": "eci.cn-hangzhou.aliyuncs.com" "eci-vpc.cn-hangzhou.aliyuncs.com";
    "cn-hangzhou-finance": "eci.cn-hangzhou-finance.aliyuncs.com";
    "cn-heyuan": "eci.cn-heyuan.aliyuncs.com" "eci-vpc.cn-heyuan.aliyuncs.com";
    "cn-hongkong": "eci.cn-hongkong.aliyuncs.com" "eci-vpc.cn-hongkong.aliyuncs.com";
    "cn-huhehaote": "eci.cn-huhehaote.aliyuncs.com" "eci-vpc.cn-huhehaote.aliyuncs.com";
    "cn-nanjing": "eci.cn-nanjing.aliyuncs.com" "eci-vpc.cn-nanjing.aliyuncs.com";
    "cn-qingdao": "eci.cn-qingdao.aliyuncs.com" "eci-vpc.cn-qingdao.aliyuncs.com";
    "cn-shanghai": "eci.cn-shanghai.aliyuncs.com" "eci-vpc.cn-shanghai.aliyuncs.com";
    "cn-shanghai-finance-1": "eci.cn-shanghai-finance.aliyuncs.com" "eci-vpc.cn-shanghai-finance-1.aliyuncs.com";
    "cn-shenzhen": "eci.cn-shenzhen.aliyuncs.com" "eci-vpc.cn-shenzhen.aliyuncs.com";
    "cn-shenzhen-finance-1": "eci.cn-shenzhen-finance.aliyuncs.com" "eci-vpc.cn-shenzhen-finance-1.aliyuncs.com";
    "cn-wuhan-lr": "eci.cn-wuhan-lr.aliyuncs.com" "eci-vpc.cn-wuhan-lr.aliyuncs.com";
    "cn-wulanchabu": "eci.cn-wulanchabu.aliyuncs.com" "eci-vpc.cn-wulanchabu.aliyuncs.com";
    "cn-zhangjiakou": "eci.cn-zhangjiakou.aliyuncs.com" "eci-vpc.cn-zhangjiakou.aliyuncs.com";
    "cn-zhengzhou-jva": "eci.cn-zhengzhou-jva.aliyuncs.com" "eci-vpc.cn-zhengzhou-jva.aliyuncs.com";
    "eu-central-1": "eci.eu-central-1.aliyuncs.com" "eci-vpc.eu-central-1.aliyuncs.com";
    "eu-west-1": "eci.eu-west-1.aliyuncs.com" "eci-vpc.eu-west-1.aliyuncs.com";
    "me-central-1": "eci.me-central-1.aliyuncs.com" "eci-vpc.me-central-1.aliyuncs.com";
    "me-east-1": "eci.me-east-1.aliyuncs.com" "eci-vpc.me-east-1.aliyuncs.com";
    "us-east-1": "eci.us-east-1.aliyuncs.com" "eci-vpc.us-east-1.aliyuncs.com";
    "us-west-1": "eci.us-west-1.aliyuncs.com" "eci-vpc.us-west-1.aliyuncs.com";
}
