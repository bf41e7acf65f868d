#include "src/demonstration/people.hpp"

namespace aidledger::demonstration {
namespace {

constexpr std::array surnames{"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐",   "孙",   "马",
                              "朱", "胡", "郭", "何", "林", "罗", "高", "郑", "梁", "谢", "宋",   "唐",   "许",
                              "韩", "邓", "冯", "曹", "彭", "曾", "肖", "田", "董", "潘", "袁",   "蔡",   "蒋",
                              "余", "于", "杜", "叶", "程", "魏", "苏", "吕", "丁", "任", "沈",   "姚",   "卢",
                              "姜", "崔", "钟", "谭", "陆", "汪", "范", "金", "石", "廖", "贾",   "夏",   "韦",
                              "方", "白", "邹", "孟", "熊", "秦", "邱", "江", "尹", "薛", "欧阳", "上官", "司徒"};
constexpr std::array given{"伟",   "芳",   "秀英", "娜",   "敏",   "静",   "丽",   "强",   "磊",   "军",
                           "洋",   "勇",   "艳",   "杰",   "娟",   "涛",   "明",   "超",   "秀兰", "霞",
                           "平",   "刚",   "桂英", "建华", "建国", "玉兰", "志强", "海燕", "晓东", "文静",
                           "国庆", "春梅", "俊杰", "思远", "雨欣", "子涵", "浩然", "雪梅", "立新", "永康",
                           "庆华", "爱民", "小红", "凤英", "德福", "守信", "家明", "瑞芳", "金凤", "长河",
                           "云峰", "晓慧", "佳琪", "文博", "振华", "淑珍", "丽华", "宝玉", "天佑", "红梅"};
constexpr std::array streets{"解放路", "人民路", "中山路", "建设路", "和平路", "文昌街", "东风路", "新华路",
                             "育才路", "滨江路", "青年路", "胜利街", "兴业路", "光明路", "朝阳街"};

constexpr std::array<Matter, 10> matters{{
    {"civil", "first-trial", "追索劳动报酬", "区人民法院",
     "受援人在建筑工地务工七个月，包工头拖欠工资未付，多次催讨无果，家庭生活困难。",
     "考勤记录、工资欠条、微信聊天记录及两名工友的书面证言。",
     "劳务关系成立，欠条载明数额，被告应当支付所欠报酬及逾期利息。",
     "争议在于总包单位是否承担清偿责任；拟依据保障农民工工资支付条例主张先行清偿。", 24, true},
    {"civil", "first-trial", "机动车交通事故责任纠纷", "区人民法院",
     "受援人骑电动自行车被小型客车撞伤，交警认定对方负主要责任，医疗费用无力垫付。",
     "事故认定书、住院病历、医疗费票据、误工证明、鉴定申请书。",
     "对方负主要责任，保险公司应在交强险及商业险限额内先行赔付。", "伤残等级尚待鉴定，误工期及护理期的计算是本案重点。",
     16, true},
    {"civil", "first-trial", "离婚后财产及抚养费纠纷", "区人民法院",
     "受援人独自抚养未成年子女，对方两年未付抚养费，受援人收入低于当地低保标准的两倍。",
     "离婚协议、子女就读证明、支出明细、银行流水。", "抚养费为法定义务，应按协议补足并依当地消费水平适当调整。",
     "对方称收入减少，需申请法院调查其近两年的收入。", 11, true},
    {"civil", "arbitration", "确认劳动关系及工伤待遇", "区劳动人事争议仲裁委员会",
     "受援人在车间操作时手指受伤，单位否认劳动关系，未缴纳工伤保险。",
     "工作服、工牌照片、工资转账记录、同事证言、就医记录。", "转账记录与工牌足以证明劳动关系，单位应承担工伤保险待遇。",
     "先行确认劳动关系，再申请工伤认定，时效需要特别留意。", 10, true},
    {"civil", "non-litigation", "代拟法律文书", "市法律援助中心", "受援人年老不识字，需要代写赡养协议并与子女协商。",
     "户口簿、村委会证明、子女联系方式。", "子女均有赡养能力，宜以协议分担并经人民调解委员会确认。",
     "以调解为先，协商不成再行起诉。", 8, false},
    {"civil", "mediation", "相邻关系及赡养调解", "人民调解委员会", "受援人与邻居因通道使用发生争执，房屋采光受到影响。",
     "现场照片、宅基地使用证、村委会调解记录。", "历史形成的通道应当保留，双方宜就占用部分作补偿。",
     "双方多年邻里，调解的可能性较大。", 7, false},
    {"criminal", "first-trial", "盗窃罪辩护", "区人民法院", "被告人系未成年人，家庭无力委托辩护人，法院通知辩护。",
     "讯问笔录、赃物估价、被害人陈述、社会调查报告。",
     "被告人系初犯、偶犯，案发后退赃并取得谅解，建议从轻处罚并适用缓刑。", "数额认定与未成年人从宽情节是辩护重点。", 9,
     true},
    {"criminal", "investigation", "故意伤害罪辩护", "区公安分局",
     "犯罪嫌疑人与工友口角后互殴，被刑事拘留，家属申请法律援助。", "会见笔录、伤情鉴定、现场监控、证人名单。",
     "双方互有过错，伤情为轻伤二级，积极促成和解。", "是否构成正当防卫需结合监控时间顺序分析。", 6, false},
    {"criminal", "prosecution", "危险驾驶罪辩护", "区人民检察院",
     "犯罪嫌疑人饮酒后短距离移车，血液酒精含量略高于标准。", "血检报告、行车记录、到案经过。",
     "情节轻微，认罪认罚，建议作相对不起诉处理。", "行驶距离短、未造成后果，符合不起诉的条件。", 5, false},
    {"administrative", "first-trial", "工伤认定行政诉讼", "区人民法院",
     "受援人上班途中受伤，人社部门不予认定工伤，受援人不服。", "不予认定决定书、上下班路线图、事故认定书、考勤记录。",
     "事故发生于合理时间和合理路线，应认定为上下班途中。", "起诉期限将届满，应先行立案并申请调取证据。", 4, true},
}};

constexpr std::array remarks{"受援人表示承办人已会面两次，进展清楚。", "受援人反映材料已全部提交，等待开庭通知。",
                             "受援人对承办人的解释表示满意。", "受援人希望承办人开庭前再沟通一次。",
                             "受援人表示电话能打通，答复及时。"};
constexpr std::array civil_closings{"经法院调解结案，对方当庭给付部分款项，余款分期履行。",
                                    "判决支持主要诉讼请求，受援人合法权益得到维护。",
                                    "双方达成和解，受援人撤回起诉，款项已到账。"};
constexpr std::array criminal_closings{"法院采纳从轻辩护意见，判处缓刑。", "检察机关作出相对不起诉决定。",
                                       "辩护意见部分采纳，量刑较公诉建议有所降低。"};
constexpr std::array good{"文书规范，法律适用准确，庭审表现突出。", "证据收集充分，与受援人沟通及时，效果良好。",
                          "程序完备，结案报告条理清楚。"};
constexpr std::array poor{"代理意见与案件事实脱节，庭前准备明显不足。", "未按要求会见受援人，案卷材料缺失较多。",
                          "证据未质证，庭审记录中未见实质性发言。"};
constexpr std::array findings{"未会见受援人，会见笔录为空白", "未提交书面代理意见",
                              "关键证据未申请调取，开庭时未作说明", "结案报告与判决书内容不符",
                              "未按期提出鉴定申请，致使请求未获支持"};

}  // namespace

std::string full_name(Chance& chance) { return std::string(chance.one_of(surnames)) + chance.one_of(given); }

std::string telephone(Chance& chance) {
  std::string number = "100";  // no mobile prefix begins so
  for (int i = 0; i < 8; ++i) number += static_cast<char>('0' + chance.between(0, 9));
  return number;
}

std::string identity_number(Chance& chance, const District& district, int birth_year) {
  constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr char checks[] = "10X98765432";
  const auto two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  std::string digits = std::string(district.area_code) + std::to_string(birth_year) + two(chance.between(1, 12)) +
                       two(chance.between(1, 28)) + std::to_string(chance.between(100, 999));
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * weights[i];
  return digits + checks[sum % 11];
}

std::string address(Chance& chance, const District& district) {
  return "临江市" + std::string(district.name) + chance.one_of(streets) + std::to_string(chance.between(1, 320)) +
         "号" + std::to_string(chance.between(1, 18)) + "幢" + std::to_string(chance.between(101, 1802)) + "室";
}

const Matter& matter(Chance& chance) {
  int roll = chance.between(1, 100);
  for (const auto& one : matters)
    if ((roll -= one.weight) <= 0) return one;
  return matters.front();
}

std::string_view call_remark(Chance& chance) { return chance.one_of(remarks); }
std::string_view closing_summary(Chance& chance, std::string_view type) {
  return type == "criminal" ? chance.one_of(criminal_closings) : chance.one_of(civil_closings);
}
std::string_view good_comment(Chance& chance) { return chance.one_of(good); }
std::string_view poor_comment(Chance& chance) { return chance.one_of(poor); }
std::string_view poor_finding(Chance& chance) { return chance.one_of(findings); }

}  // namespace aidledger::demonstration
