import { Button, Checkbox, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ApiProblem, messageOf } from '../../api/apiProblem.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { useFormats } from '../../formats/useFormats.ts'
import { ImageUses } from './ImageUses.tsx'
import { IMAGES_KEY, type LibraryImage } from './imageQueries.ts'
import type { PickedImage } from './pickImage.ts'
import classes from './ImageDialog.module.css'

/** More pixels no mail shows: 600, twice as sharp. */
const WIDEST = 1_200

/** One image: what it says to who does not see it, its size, and the way into the mail. */
export function ImageForm({
  image,
  onChanged,
  onDeleted,
  onPick,
}: {
  image: LibraryImage
  onChanged: (image: LibraryImage) => void
  onDeleted: () => void
  onPick: (image: PickedImage) => void
}) {
  const { t } = useTranslation('images')
  const formats = useFormats()
  const queryClient = useQueryClient()
  const { id, url, type, width, height, bytes } = image
  const [name, setName] = useState(image.name)
  const [alt, setAlt] = useState(image.alt)
  const [isDecorative, setDecorative] = useState(false)
  const [wide, setWide] = useState<number | string>(Math.min(WIDEST, width - 1))
  const param = { id }
  const act = useMutation({
    mutationFn: (run: () => Promise<void>) => run(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: IMAGES_KEY }),
    onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8_000 }),
  })
  const save = async (): Promise<void> => {
    const given = { name: name.trim(), alt: alt.trim() }
    if (given.name === '' || (given.name === image.name && given.alt === image.alt)) return
    onChanged(await ask(api.images[':id'].$patch({ param }, withBody(given))))
  }
  const remove = (force: boolean): Promise<void> =>
    ask(api.images[':id'].$delete({ param, query: force ? { force: 'true' } : {} })).then(onDeleted)
  const onDelete = () =>
    act.mutate(() =>
      remove(false).catch((error: unknown) => {
        if (!(error instanceof ApiProblem) || error.status !== 409) throw error
        modals.openConfirmModal({
          title: t('inUse'),
          children: <ImageUses problems={error.problems} />,
          labels: { confirm: t('deleteAnyway'), cancel: t('cancel') },
          confirmProps: { color: 'red' },
          onConfirm: () => act.mutate(() => remove(true)),
        })
      }),
    )
  const isSaid = isDecorative || alt.trim() !== ''
  return (
    <form
      className={classes.form}
      aria-label={image.name}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isSaid) return
        act.mutate(async () => {
          await save()
          onPick({ url, alt: isDecorative ? '' : alt.trim(), width })
        })
      }}
    >
      <Stack gap="sm">
        <img className={classes.large} src={url} alt={image.alt} />
        <Text size="xs" c="dimmed">
          {t('facts', {
            kind: type.replace('image/', '').toUpperCase(),
            width,
            height,
            size: formats.number(Math.ceil(bytes / 1024)),
          })}
        </Text>
        <TextInput
          label={t('name')}
          value={name}
          maxLength={200}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          onBlur={() => act.mutate(save)}
        />
        <TextInput
          label={t('alt')}
          description={t('altText')}
          value={alt}
          maxLength={500}
          disabled={isDecorative}
          onChange={({ currentTarget }) => setAlt(currentTarget.value)}
        />
        <Checkbox
          label={t('decorative')}
          checked={isDecorative}
          onChange={({ currentTarget }) => setDecorative(currentTarget.checked)}
        />
        {width > 16 ? (
          <Group gap="xs" align="flex-end">
            <NumberInput
              label={t('resize')}
              suffix=" px"
              min={16}
              max={Math.min(4000, width - 1)}
              w={120}
              value={wide}
              onChange={setWide}
            />
            <Button
              variant="default"
              loading={act.isPending}
              onClick={() =>
                act.mutate(async () => {
                  onChanged(
                    await ask(api.images[':id'].resize.$post({ param }, withBody({ width: Number(wide) }))),
                  )
                })
              }
            >
              {t('resizeDo')}
            </Button>
          </Group>
        ) : null}
        <Group gap="xs" justify="space-between">
          <Button variant="subtle" color="red" loading={act.isPending} onClick={onDelete}>
            {t('delete')}
          </Button>
          <Button type="submit" disabled={!isSaid} loading={act.isPending}>
            {t('pick')}
          </Button>
        </Group>
        {isSaid ? null : (
          <Text size="xs" c="dimmed">
            {t('altMissing')}
          </Text>
        )}
      </Stack>
    </form>
  )
}
