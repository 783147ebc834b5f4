export const health = {
  title: "运行状态",
  hint: "留痕写到哪里、第二份是否跟上、时钟是否可信。每 5 秒更新。",
  root: "打印账本根",
  since: "从何时起",
  reason: "原因",
  seconds: "{{count}} 秒",
  log: {
    title: "留痕账本",
    leaves: "已签名留痕",
    elsewhere: "由另一个进程写入",
    states: {
      starting: "正在启动",
      running: "正常",
      standby: "正常（备用）",
      failing: "写入失败，正在重试",
      stopped: "已停止",
    },
    advice: {
      stopped:
        "账本与此前签名的内容对不上，明文已停止显示。请让系统管理员按运维手册“留痕账本”一节处理，不要删除任何文件。",
      waiting: "新的留痕暂时没有签名，恢复后会自动补上；久不恢复请让系统管理员检查磁盘和数据库。",
    },
  },
  mirror: {
    title: "第二份（镜像）",
    up: "正常",
    down: "写不进去",
    lag: "落后",
    behind: "未跟上的账本",
    advice:
      "镜像恢复前不显示明文，打码页面照常使用；恢复后自动补齐。请让系统管理员检查镜像所在的磁盘或主机。",
  },
  clock: {
    title: "服务器时钟",
    right: "正常",
    back: "被拨慢",
    behind: "比最新留痕慢",
    advice: "时钟校准前不显示明文，打码页面照常使用；校准后自动恢复。",
  },
  siem: {
    title: "安全日志外发",
    none: "没有设置",
    states: { starting: "正在启动", up: "正常", down: "连不上", late: "落后", gap: "有缺口" },
    delivered: "已送出",
    behind: "未送出",
    lag: "等待",
    holes: "缺口",
    advice: "请让系统管理员检查接收端；留痕仍在账本里，恢复后会补送。",
  },
}
