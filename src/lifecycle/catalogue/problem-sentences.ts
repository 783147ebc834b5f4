/** What each doubt and fault says to the person at the desk: what is wrong, then what to do. Never the value itself. */

import type { SentenceLanguage } from "../../base/sentences/say.ts"
import type { Doubt, Fault } from "./parsed.ts"

const zhCN: Readonly<Record<Doubt | Fault, string>> = {
  "value.same_as": "写的是“同手机号”，没有写号码。请向本人核对后填写号码。",
  "value.zeros_at_end": "号码末尾是几个 0，可能是被表格软件改掉的。请对照原件核对末几位。",
  "value.too_long": "内容太长，不像是这一栏该填的。请只保留这一栏需要的内容。",
  "value.masked": "内容已被打码，看不到完整的值。请从原始资料中填写完整内容。",
  "value.precision_lost":
    "号码被表格软件改成了数字，后几位已丢失。请把这一列设为“文本”后，对照原件重新填写。",
  "value.same_as_above": "写的是“同上”。请把实际内容填进这一格。",

  "name.several_persons": "一格里写了几个人。请拆成每人一行，分别核对电话和身份。",
  "name.junk": "这不是姓名。请核对这套房的实际业主或住户后填写；没有人就留空。",
  "name.masked": "姓名已被打码或隐去。请对照原件填写全名。",
  "name.too_short": "只有一个字，可能漏了字。请对照原件核对全名。",
  "name.title_only": "只有称呼，没有姓名。请核对全名。",
  "name.note": "姓名里带了备注。请只保留姓名，备注另行处理。",
  "name.lost_character": "姓名里有字显示不出来，可能是生僻字在原系统中丢失了。请对照原件改正。",
  "name.odd_characters": "姓名里有数字、符号或不同文字混写。请对照证件核对。",
  "name.unreadable": "看不出姓名。请对照原件重新填写。",

  "phone.fake": "号码像是随意填写的。请打电话或当面核实后更正；没有号码就留空。",
  "phone.two_numbers": "一格里有两个或更多号码。请核对各是谁的，分开填写。",
  "phone.note": "号码旁边写了备注，可能不是本人的号码。请核对是谁的号码。",
  "phone.partly_readable": "一格里有几个号码，其中有的看不清。请逐个核对。",
  "phone.no_area_code": "号码没有区号，或者位数不全。请补全区号或手机号。",
  "phone.repeated": "同一个号码出现在许多户。请核实是不是物业或中介代填的号码。",
  "phone.format": "这不是电话号码。请填写手机号，或带区号的座机号。",
  "phone.length": "号码位数不对，手机号应为 11 位。请核对是否多写或漏写。",

  "id_number.old": "这是 15 位旧号码，已换算成 18 位，无法校验。请对照新证件核对。",
  "id_number.credit_code": "这是单位的统一社会信用代码，不是个人证件号。请确认这一户的业主是单位。",
  "id_number.kind_unknown": "看不出是哪种证件。请核对证件种类和号码。",
  "id_number.format": "这不是证件号码。请对照证件重新填写。",
  "id_number.length": "证件号码位数不对，身份证号应为 18 位。请对照证件核对。",
  "id_number.date": "号码里的出生日期不存在或在将来。请对照证件核对。",
  "id_number.checksum": "最后一位校验不符，至少有一位写错了。请对照证件核对。",
  "passport.kind_unknown": "看不出是护照还是通行证。请核对证件种类和号码。",
  "passport.format": "这不是护照或通行证号码。请对照证件重新填写。",

  "bank_card.check_digit": "卡号校验不符，可能写错，个别旧卡也会这样。请对照银行卡核对。",
  "bank_card.format": "这不是银行卡号，卡号应为 13 至 19 位数字。请对照银行卡核对。",

  "plate.letter_for_digit": "车牌里不用字母 O 和 I，已按数字 0 和 1 记录。请对照车牌核对。",
  "plate.two_plates": "一格里有两个或更多车牌。请核对后分开填写。",
  "plate.temporary": "这是临时车牌，会过期。请在上牌后换成正式车牌。",
  "plate.local_format": "像是电动自行车或地方号牌，无法校验。请对照号牌核对。",
  "plate.format": "这不是车牌号。请按“省份简称加字母数字”填写，例如七位或八位。",

  "email.format": "这不是邮箱地址。请核对，例如要有一个 @ 和域名。",
  "chat_id.format": "这不是微信号或 QQ 号。请核对后重新填写。",
  "sex.code": "性别写成了数字，各系统含义不同。请改成“男”或“女”。",
  "sex.format": "看不出性别。请填“男”或“女”。",
  "area.format": "这不是面积。请填写平方米数，例如 89.5。",
  "date.format": "这不是日期。请按“年-月-日”填写，例如 2016-01-01。",
  "date.future": "日期在将来。请核对年份。",
  "home.format": "看不出是哪套房。请按“楼栋-单元-房号”填写，例如 1-1-1001。",
  "home.no_building": "只有房号，没有楼栋。请补上楼栋，例如 1-1-1001。",
  "home.became_date": "房号被表格软件改成了日期。请把这一列设为“文本”后重新填写。",
}

const en: Readonly<Record<Doubt | Fault, string>> = {
  "value.same_as": 'It says "same as the phone" instead of a number. Ask the person and enter the number.',
  "value.zeros_at_end":
    "The number ends in zeros that a spreadsheet may have put there. Compare its last digits with the original.",
  "value.too_long": "Too long for this column. Keep only what the column asks for.",
  "value.masked": "The value is already masked. Enter the whole value from the original papers.",
  "value.precision_lost":
    "The spreadsheet turned the number into a figure and lost its last digits. Format the column as text and enter it again from the original.",
  "value.same_as_above": 'It says "as above". Enter the value itself in this cell.',

  "name.several_persons": "Several persons in one cell. Give each a row and check phone and role one by one.",
  "name.junk":
    "This is no name. Find out who owns or lives in the home; leave the cell empty if nobody does.",
  "name.masked": "The name is masked or withheld. Enter the full name from the original papers.",
  "name.too_short": "One character only; something may be missing. Check the full name against the papers.",
  "name.title_only": "A form of address, not a name. Find out the full name.",
  "name.note": "A note stands with the name. Keep the name only.",
  "name.lost_character":
    "A character of the name cannot be shown; the former system may have lost it. Correct it from the papers.",
  "name.odd_characters":
    "Digits, signs or mixed scripts in the name. Check it against the identity document.",
  "name.unreadable": "No name can be read here. Enter it again from the original papers.",

  "phone.fake":
    "The number looks made up. Verify it by a call or in person and correct it; leave it empty if there is none.",
  "phone.two_numbers": "Two or more numbers in one cell. Find out whose they are and enter them separately.",
  "phone.note":
    "A note stands with the number, so it may belong to somebody else. Find out whose number it is.",
  "phone.partly_readable": "Several numbers in one cell, and not all can be read. Check each of them.",
  "phone.no_area_code":
    "The area code or some digits are missing. Complete the area code or the mobile number.",
  "phone.repeated":
    "Many homes have this number. Check whether it is that of the property office or an agent.",
  "phone.format": "This is no phone number. Enter a mobile number, or a landline with its area code.",
  "phone.length": "Wrong number of digits; a mobile number has 11. Check for missing or additional digits.",

  "id_number.old":
    "An old number of 15 digits, written out to 18; it cannot be checked. Compare it with the new card.",
  "id_number.credit_code":
    "A credit code of an organisation, not a personal document. Confirm that an organisation owns the home.",
  "id_number.kind_unknown": "The kind of document is not clear. Check kind and number.",
  "id_number.format": "This is no document number. Enter it again from the document.",
  "id_number.length": "Wrong number of digits; an identity number has 18. Compare it with the document.",
  "id_number.date":
    "The date of birth in the number does not exist or lies ahead. Compare it with the document.",
  "id_number.checksum":
    "The last character does not match, so at least one is wrong. Compare the number with the document.",
  "passport.kind_unknown": "Neither clearly a passport nor a permit. Check kind and number.",
  "passport.format": "This is no passport or permit number. Enter it again from the document.",

  "bank_card.check_digit":
    "The check digit does not match: a slip, or one of a few old cards. Compare it with the card.",
  "bank_card.format": "This is no card number; those have 13 to 19 digits. Compare it with the card.",

  "plate.letter_for_digit":
    "Plates do not use the letters O and I; they were read as 0 and 1. Compare it with the plate.",
  "plate.two_plates": "Two or more plates in one cell. Check them and enter them separately.",
  "plate.temporary": "A temporary plate, which expires. Replace it once the car has its own.",
  "plate.local_format":
    "Like the plate of an electric bicycle or another local one; it cannot be checked. Compare it with the plate.",
  "plate.format":
    "This is no plate. Enter the short name of the province and the letters and digits, seven or eight in all.",

  "email.format": "This is no e-mail address. Check it: there must be one @ and a domain.",
  "chat_id.format": "This is no WeChat or QQ number. Check it and enter it again.",
  "sex.code": "A number for the sex means different things in different systems. Write 男 or 女.",
  "sex.format": "The sex is not clear. Write 男 or 女.",
  "area.format": "This is no floor area. Enter square metres, e.g. 89.5.",
  "date.format": "This is no date. Enter year-month-day, e.g. 2016-01-01.",
  "date.future": "The date lies ahead. Check the year.",
  "home.format": "The home is not clear. Enter building-unit-room, e.g. 1-1-1001.",
  "home.no_building": "A room without a building. Add the building, e.g. 1-1-1001.",
  "home.became_date":
    "The spreadsheet turned the home into a date. Format the column as text and enter it again.",
}

/** The sentence of a code in the reader's language. */
export const problemSentences: Readonly<Record<SentenceLanguage, Readonly<Record<Doubt | Fault, string>>>> = {
  "zh-CN": zhCN,
  en,
}
