/** A mill wheel over its stream. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <circle cx="12" cy="10" r="7" />
      <path d="M12 3v14M5 10h14M7.05 5.05l9.9 9.9M16.95 5.05l-9.9 9.9" strokeWidth="1.2" />
      <circle cx="12" cy="10" r="1.5" fill="currentColor" />
      <path d="M2 21c1.7 0 1.7-1.2 3.3-1.2S7 21 8.7 21s1.6-1.2 3.3-1.2 1.6 1.2 3.3 1.2 1.7-1.2 3.4-1.2S20.3 21 22 21" />
    </svg>
  )
}
