"""Surnames that are read otherwise than the same character in other words."""

SINGLE = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "任": "ren",
    "华": "hua", "朴": "piao", "区": "ou", "尉": "wei", "盖": "ge", "纪": "ji",
    "宓": "mi", "缪": "miao", "那": "na", "宁": "ning", "覃": "qin", "召": "shao",
    "折": "she", "冼": "xian", "洗": "xian", "员": "yun", "乐": "yue", "谌": "chen",
    "黑": "he", "盛": "sheng", "秘": "bi", "祭": "zhai", "不": "fou", "繁": "po",
    "翟": "zhai", "种": "chong", "重": "chong", "逄": "pang", "阚": "kan", "隗": "wei",
    "郗": "xi", "过": "guo", "柏": "bai", "卜": "bu", "车": "che", "葛": "ge",
    "哈": "ha", "曲": "qu", "沈": "shen", "石": "shi", "宿": "su", "应": "ying",
    "于": "yu", "俞": "yu", "褚": "chu", "殷": "yin", "眭": "sui", "郇": "xun",
    "谷": "gu", "句": "gou", "莘": "shen", "夏": "xia", "相": "xiang", "行": "xing",
    "燕": "yan", "要": "yao", "叶": "ye", "贲": "ben", "费": "fei", "艾": "ai",
    "薄": "bo", "炅": "gui", "妫": "gui", "呙": "guo", "撒": "sa", "万": "wan",
    "长": "chang", "会": "gui", "适": "kuo", "佴": "nai", "乜": "nie", "亓": "qi",
    "厍": "she", "僪": "ju", "逯": "lu", "麴": "qu", "晁": "chao", "臧": "zang",
    "訾": "zi", "阙": "que", "幺": "yao", "都": "du", "落": "luo", "系": "xi",
    "颉": "xie", "洪": "hong", "陆": "lu", "吕": "lv", "闾": "lv", "藏": "zang",
}  # fmt: skip

COMPOUND = {
    "令狐": "ling hu", "长孙": "zhang sun", "万俟": "mo qi", "澹台": "tan tai",
    "尉迟": "yu chi", "宰父": "zai fu", "单于": "chan yu", "鲜于": "xian yu",
    "皇甫": "huang fu", "呼延": "hu yan", "夏侯": "xia hou", "诸葛": "zhu ge",
    "上官": "shang guan", "司马": "si ma", "欧阳": "ou yang", "东方": "dong fang",
    "独孤": "du gu", "南宫": "nan gong", "慕容": "mu rong", "端木": "duan mu",
    "百里": "bai li", "东郭": "dong guo", "拓跋": "tuo ba", "赫连": "he lian",
    "公孙": "gong sun", "宇文": "yu wen", "申屠": "shen tu", "太史": "tai shi",
    "仲孙": "zhong sun", "轩辕": "xuan yuan", "钟离": "zhong li", "濮阳": "pu yang",
    "淳于": "chun yu", "公冶": "gong ye", "太叔": "tai shu", "宗政": "zong zheng",
    "闻人": "wen ren", "司徒": "si tu", "司空": "si kong", "亓官": "qi guan",
    "司寇": "si kou", "子车": "zi ju", "颛孙": "zhuan sun", "漆雕": "qi diao",
    "乐正": "yue zheng", "壤驷": "rang si", "公良": "gong liang", "夹谷": "jia gu",
    "谷梁": "gu liang", "闾丘": "lv qiu", "第五": "di wu", "西门": "xi men",
    "东门": "dong men", "左丘": "zuo qiu", "梁丘": "liang qiu", "羊舌": "yang she",
    "微生": "wei sheng", "公西": "gong xi", "南门": "nan men", "纳兰": "na lan",
    "完颜": "wan yan", "叶赫": "ye he", "爱新觉罗": "ai xin jue luo", "叶赫那拉": "ye he na la",
}  # fmt: skip

LONGEST = max(map(len, COMPOUND))


def split(name: str) -> tuple[str, str]:
    """A known surname's reading and the rest of the name; ("", name) when none is known.

    A compound surname is taken only when a given name is left after it.
    """
    for length in range(LONGEST, 1, -1):
        if len(name) > length and (reading := COMPOUND.get(name[:length])):
            return reading, name[length:]
    if reading := SINGLE.get(name[:1]):
        return reading, name[1:]
    return "", name
