import type { ThemeConfig } from "antd"

const ink = "#1d2b33"

/** Calm and dense: one sober colour, hairlines instead of shadows, compact rows. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: "#1b5e74",
    colorInfo: "#1b5e74",
    colorSuccess: "#2f7d5b",
    colorWarning: "#b7791f",
    colorError: "#b3382f",
    colorLink: "#1b5e74",
    colorErrorBg: "#fcf2f1",
    colorErrorBorder: "#e9c2be",
    colorWarningBg: "#fdf7e8",
    colorWarningBorder: "#ecd9a8",
    colorInfoBg: "#eef5f7",
    colorInfoBorder: "#bfd6dd",
    colorSuccessBg: "#eff7f3",
    colorSuccessBorder: "#bcdccd",
    colorTextBase: ink,
    colorTextDescription: "#5a6a72",
    colorBorder: "#cfd8dc",
    colorBorderSecondary: "#e3e9ec",
    borderRadius: 4,
    fontSize: 14,
    fontFamily:
      '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", system-ui, sans-serif',
    controlHeight: 32,
    boxShadow: "0 4px 16px rgba(20, 40, 50, 0.12)",
    motionDurationMid: "0.12s",
    motionDurationSlow: "0.16s",
  },
  components: {
    Table: {
      headerBg: "#f4f7f8",
      headerColor: "#4a5b64",
      headerSplitColor: "transparent",
      cellPaddingBlockSM: 7,
      cellPaddingInlineSM: 12,
    },
    Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
    Form: { itemMarginBottom: 18, verticalLabelPadding: "0 0 4px" },
    Alert: { defaultPadding: "7px 12px" },
  },
}

/** For whoever asked their system for less motion: nothing slides or fades. */
export const stillTheme: ThemeConfig = { ...theme, token: { ...theme.token, motion: false } }
