/** Letters, figures and the signs of document numbers; nine figures in a row could be a phone. */
export const documentNumber = /^(?=.*\d)(?!.*\d{9})[\p{Script=Han}A-Za-z0-9〔〕[\]()（）_/-]{3,40}$/u
