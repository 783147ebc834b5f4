/** What column names mean, as property companies write them. A meaning is a roster place, a field code, or `ignored`. */

/** Normalised exact names first: they are certain. */
const exact: Readonly<Record<string, string>> = {
  building:
    "楼栋 楼号 楼栋号 楼栋编号 楼栋名称 栋 栋号 楼宇 楼宇号 幢 幢号 楼幢 座 座号 座栋 building buildingno block",
  unit: "单元 单元号 单元编号 梯 梯号 门 unit unitno",
  room: "房号 房间 房间号 室 室号 房屋编号 房屋号 户号 门牌 门牌号 房屋 room roomno roomnumber",
  home: "地址 住址 房屋地址 房产地址 物业地址 房屋坐落 房产 完整房号 楼栋-单元-房屋 家庭住址 address home",
  name: "姓名 业主名称 业主姓名 业主 户主 户主姓名 产权人 产权人姓名 住户 住户姓名 租客 租户 租户姓名 承租人 客户名称 客户姓名 name fullname owner ownername",
  contact_name: "联系人 联系人姓名 contact contactname",
  contact_phone: "联系人电话 联系人手机 contactphone",
  title: "称呼 称谓 title",
  phone:
    "手机号 手机 手机号码 电话 电话号码 联系电话 联系方式 业主电话 移动电话 备用电话 备用手机 link tel phone phonenumber mobile",
  landline: "座机 座机号 固定电话 固话 家庭电话 landline",
  id_number: "身份证 身份证号 身份证号码 证件 证件号 证件号码 公民身份号码 idcard idnumber idno",
  passport: "护照 护照号 护照号码 passport",
  title_deed: "产权 产权证 产权证号 房产证 房产证号 不动产权证 不动产权证号 不动产证号 titledeed",
  role: "人员角色 业主类型 住户类型 居住身份 与业主关系 与户主关系 与产权人关系 角色 role relationship",
  loose_role: "类型 身份 关系 客户类型",
  person_type: "人员类型",
  plate: "车牌 车牌号 车牌号码 车号 车辆牌号 plate platenumber licenceplate licenseplate",
  sex: "性别 sex gender",
  area: "面积 建筑面积 产权面积 area",
  move_in_date: "入住日期 入住时间 收房日期 收房时间 交房日期 交房时间 放户日期 领房日期 moveindate",
  move_out:
    "迁出日期 迁出时间 搬离日期 搬出日期 退租日期 退房日期 迁出 迁入状态 入住状态 业主状态 住户状态 居住状态 statuscd moveoutdate",
  loose_move_out: "状态 status state",
  birth_date: "出生日期 出生年月 出生年月日 生日 birthday birthdate",
  household: "家庭成员 家庭人口 同住人 同住人员 household",
  emergency_contact: "紧急联系人 紧急联系电话 紧急联系人电话 紧急联系人关系 紧急电话 emergencycontact",
  employer: "工作单位 单位 单位名称 职业 公司 employer occupation",
  bank_card: "银行账号 银行卡 银行卡号 银行账户 开户行 开户银行 bankcard bankaccount",
  email: "邮箱 电子邮箱 邮件 email mail",
  wechat: "微信 微信号 qq qq号 wechat",
  hobby: "爱好 兴趣 兴趣爱好 hobby",
  ethnicity: "民族 ethnicity",
  politics: "政治面貌 党员 是否党员",
  marriage: "婚姻 婚姻状况 婚否 婚姻状态 marriage",
  education: "学历 文化程度 教育程度 education",
  native_place: "籍贯 户籍 户籍地 户籍地址 户口所在地 户口地址 nativeplace",
  pet: "宠物 是否养宠 养宠情况 pet",
  elder_alone: "独居老人 是否独居 空巢老人",
  children: "子女 儿童 小孩 未成年人 children",
  face: "人脸 人脸照片 照片 头像 face faceurl photo",
  health: "健康 健康状况 残疾 病史 health",
  owner_number: "业主编号",
  ignored:
    "编号 序号 年龄 楼层 总层数 是否有电梯 房屋类型 房屋户型 户型 室内面积 套内面积 租金 房屋状态 备注 房屋楼层 说明 id no age remark 问题说明 problem",
}

/** Then parts of longer names, the most private first, so that "紧急联系人手机" never becomes somebody's phone. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/紧急/, "emergency_contact"],
  [/配偶|家属|子女|父母|成员/, "household"],
  [/工作单位|职业|单位电话|公司/, "employer"],
  [/银行|开户|账号/, "bank_card"],
  [/微信|^qq/, "wechat"],
  [/邮箱|e-?mail/, "email"],
  [/身份证|证件号/, "id_number"],
  [/护照/, "passport"],
  [/户籍|籍贯|户口/, "native_place"],
  [/人脸|照片/, "face"],
  [/车牌/, "plate"],
  [/产权证|不动产/, "title_deed"],
  [/手机|移动电话/, "phone"],
  [/^(业主|住户|户主|产权人|租户|租客|承租人|客户|本人|联系).*(电话|方式)$/, "phone"],
  [/^(业主|住户|户主|产权人|租户|租客|承租人|客户).*(姓名|名称|名字)$/, "name"],
  [/^所在?(楼栋|栋|楼宇|幢)$/, "building"],
  [/^房(屋|间|产)?号码?$/, "room"],
]

const meanings: ReadonlyMap<string, string> = new Map(
  Object.entries(exact).flatMap(([meaning, names]) =>
    names.split(" ").map((name) => [name, meaning] as const),
  ),
)

/** The bare name of a column: no width variants, blanks, stars, remarks in brackets or counting digits. */
export function bareName(header: string): string {
  const plain = header.normalize("NFKC").toLowerCase().replace(/\s+/g, "")
  const bare = plain.replace(/[([【{].*?[)\]】}]/g, "").replace(/[*#:。,.、_]/g, "")
  return bare.replace(/(?<=.)\d+$/, "") || bare
}

/** What a column of this name means; undefined when nobody knows. */
export function meaningOf(header: string): string | undefined {
  const name = bareName(header)
  if (name === "") return undefined
  return meanings.get(name) ?? patterns.find(([pattern]) => pattern.test(name))?.[1]
}
