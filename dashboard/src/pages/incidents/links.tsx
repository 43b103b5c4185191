/** Plain text whose addresses can be followed. */
export const Links = ({ text }: { text: string }) =>
  text.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/).map((part, i) =>
    i % 2 ? (
      <a
        key={`${i} ${part}`}
        href={part}
        rel="noreferrer noopener"
        target="_blank"
        className="text-accent underline decoration-accent-line underline-offset-3"
      >
        {part}
      </a>
    ) : (
      part
    ),
  )
