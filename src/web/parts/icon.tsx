/** Line icons on a 24 grid, drawn for this console. */
const drawings = {
  owners: "M4 20v-9l8-6 8 6v9h-5v-6H9v6z",
  orders: "M8 4h8v3H8zM6 5.500H5V21h14V5.500h-1M8.500 11h7M8.500 15h5",
  uses: "M3 12s3.500-6 9-6 9 6 9 6-3.500 6-9 6-9-6-9-6zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  applications: "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h4",
  exports: "M12 14V3m0 0 4 4m-4-4L8 7M4 14v7h16v-7",
  parties: "M3 21V8l6-4 6 4v13M15 11h6v10H3M7 10h4M7 14h4M7 18h4M18 14v.01M18 18v.01",
  authorities: "M4 9l8-5 8 5zM6 9v8M10 9v8M14 9v8M18 9v8M4 20h16M4 17h16",
  statistics: "M4 20V4M4 20h16M8 20v-7M12 20V8M16 20v-4",
  leaks:
    "M12 3c3.500 4.500 5.500 7.500 5.500 10.500a5.500 5.500 0 0 1-11 0C6.500 10.500 8.500 7.500 12 3zM17 17l4 4",
  imports: "M12 3v11m0 0 4-4m-4 4-4-4M4 16v5h16v-5",
  collect: "M6 3h12v18H6zM9 8h6M9 12h6M9 16h3",
  consents: "M5 3h14v18H5zM8 8h8M8 12h4M11.500 16.500l2 2 4-4.500",
  channels: "M4 6h6v4H4zM14 4h6v4h-6zM14 16h6v4h-6zM10 8h2v10h2M12 6h2",
  notCollected: "M5.600 5.600l12.800 12.800M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  traces: "M5 6h14M5 12h14M5 18h9M2 6h.01M2 12h.01M2 18h.01",
  health: "M3 12h4l2.500-6 4 12 2.500-6H21",
  publicNotice: "M4 10v4h3l6 4V6L7 10zM17 9a4 4 0 0 1 0 6M20 6a8 8 0 0 1 0 12",
  emergencies: "M7 21h10M9 21v-8a3 3 0 0 1 6 0v8M12 3v3M4.500 7.500l2 1.500M19.500 7.500l-2 1.500",
  findings: "M2 12s3.500-6 10-6 10 6 10 6-3.500 6-10 6S2 12 2 12zM12 9.500v3M12 15v.01",
  incidents: "M12 3 4 6v6c0 5 3.500 8 8 9 4.500-1 8-4 8-9V6zM12 8v5M12 16v.01",
  people:
    "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2 21c0-4 3-7 7-7s7 3 7 7M16 4a4 4 0 0 1 0 7M18 14.500c2.500.800 4 3.200 4 6.500",
  regime:
    "M12 3v18M5 6.500 12 5l7 1.500M5 6.500 2.500 13a3 3 0 0 0 5 0zM19 6.500 16.500 13a3 3 0 0 0 5 0zM8 21h8",
  attempts: "M8.500 3h7L21 8.500v7L15.500 21h-7L3 15.500v-7zM12 7.500v5.500M12 16v.01",
  lessons: "M3 5h7a2 2 0 0 1 2 2v13a2 2 0 0 0-2-2H3zM21 5h-7a2 2 0 0 0-2 2v13a2 2 0 0 1 2-2h7z",
  training: "M2 9l10-5 10 5-10 5zM6 11.500V17c3 2.500 9 2.500 12 0v-5.500M22 9v6",
  texts: "M5 3h14v18H5zM8.500 8h7M8.500 12h4M13.500 17.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM15 17l2 2",
  excess: "M4 7h16M9 7V4h6v3M6.500 7l1 13h9l1-13M10 11v5M14 11v5",
  keys: "M7.500 16a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM12 11.500h10M19 11.500v4M15.500 11.500v3",
  menu: "M4 6h16M4 12h16M4 18h16",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.500-7 8-7s8 3 8 7",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  reload: "M20 11a8 8 0 1 0-2.300 6.700M20 4v7h-7",
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  plus: "M12 5v14M5 12h14",
  eye: "M3 12s3.500-6 9-6 9 6 9 6-3.500 6-9 6-9-6-9-6zM12 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  lock: "M6 11h12v10H6zM8.500 11V7.500a3.500 3.500 0 0 1 7 0V11",
  check: "M4.500 12.500l5 5L19.500 7",
  cross: "M6 6l12 12M18 6L6 18",
  dash: "M6 12h12",
  warning: "M12 4 2.500 20h19zM12 10v5M12 17.500v.01",
  download: "M12 4v11m0 0 4-4m-4 4-4-4M4 20h16",
  upload: "M12 16V5m0 0 4 4m-4-4L8 9M4 20h16",
  empty: "M3 13l3-8h12l3 8v6H3zM3 13h5.500a3.500 3.500 0 0 0 7 0H21",
  community: "M4 21V8l6-3v16M10 21V11l10-2v12M7 10v.01M7 14v.01M14 14h2M14 17h2M2 21h20",
  key: "M14.500 9.500a4.500 4.500 0 1 0-4.200 4.490L12 15.500h2v2h2v2h4v-3l-5.700-5.700c.130-.400.200-.850.200-1.300zM8.500 8.500v.01",
  phone:
    "M6 3h4l1.500 5L9 10a13 13 0 0 0 5 5l2-2.500 5 1.500v4c0 1.500-1 2-2 2C10 20 4 14 4 5c0-1 .500-2 2-2z",
} as const

export type IconName = keyof typeof drawings

export interface IconProps {
  readonly name: IconName
  /** Pixels; 16 beside text. */
  readonly size?: number
}

/** An ornament beside a text; screen readers pass it over. */
export function Icon({ name, size = 16 }: IconProps) {
  return (
    <svg
      className="hd-icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path
        d={drawings[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
