import { Center, Image } from '@mantine/core'
import { IconPhotoOff } from '@tabler/icons-react'
import { useState } from 'react'

/** A product's picture from the shop's own server; the shop is not told who looks. */
export function ProductPicture({ url, size }: { url: string | null; size: number }) {
  const [failed, setFailed] = useState<string | null>(null)
  if (url === null || failed === url)
    return (
      <Center w={size} h={size} flex="none" c="dimmed" bg="var(--mantine-color-default-hover)" bdrs="sm">
        <IconPhotoOff size={Math.min(24, size / 2)} stroke={1.4} aria-hidden />
      </Center>
    )
  return (
    <Image
      src={url}
      // Its name stands beside it.
      alt=""
      w={size}
      h={size}
      flex="none"
      radius="sm"
      fit="contain"
      loading="lazy"
      referrerPolicy="no-referrer"
      onError={() => setFailed(url)}
    />
  )
}
