import {
  Alert,
  Button,
  FileButton,
  Group,
  Modal,
  Progress,
  Skeleton,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch, IconUpload } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState, type ClipboardEvent, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../parts/Empty.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { ImageForm } from './ImageForm.tsx'
import { imagesQuery, type LibraryImage } from './imageQueries.ts'
import type { PickedImage } from './pickImage.ts'
import { IMAGE_TYPES } from './uploadProblem.ts'
import { useUploads } from './useUploads.ts'
import classes from './ImageDialog.module.css'

/** The library of pictures for mails: to look through, to add to, and to choose one from. */
export function ImageDialog({ onAnswer }: { onAnswer: (image: PickedImage | null) => void }) {
  const { t } = useTranslation('images')
  const [typed, setTyped] = useState('')
  const [wanted] = useDebouncedValue(typed.trim(), 200)
  const [chosen, setChosen] = useState<LibraryImage>()
  const [isOver, setOver] = useState(false)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    imagesQuery(wanted),
  )
  const { uploads, begin, drop } = useUploads(setChosen)
  const images = data?.pages.flatMap((page) => page.images) ?? []
  const take = (files: Iterable<File>) => {
    const list = [...files]
    if (list.length > 0) void begin(list)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return
    event.preventDefault()
    take(event.clipboardData.files)
  }
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('dismiss') }}
      opened
      onClose={() => onAnswer(null)}
      title={t('title')}
      size="xl"
    >
      <div
        className={classes.library}
        data-over={isOver}
        onDrop={onDrop}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onPaste={onPaste}
      >
        <Stack gap="sm">
          <Group gap="sm">
            <TextInput
              flex="1 1 12rem"
              aria-label={t('search')}
              placeholder={t('search')}
              leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
              value={typed}
              maxLength={200}
              data-autofocus
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            />
            <FileButton multiple accept={IMAGE_TYPES.join(',')} onChange={take}>
              {(props) => (
                <Button {...props} leftSection={<IconUpload size={16} stroke={1.6} aria-hidden />}>
                  {t('upload')}
                </Button>
              )}
            </FileButton>
          </Group>
          <Text size="xs" c="dimmed">
            {t('dropText')}
          </Text>
          {uploads.map(({ id, name, share, problem }) =>
            problem === null ? (
              <div key={id}>
                <Text size="xs" className="any-text">
                  {name}
                </Text>
                <Progress value={share * 100} aria-label={t('uploading', { name })} animated />
              </div>
            ) : (
              <Alert
                key={id}
                color="red"
                role="alert"
                title={name}
                withCloseButton
                closeButtonLabel={t('dismiss')}
                onClose={() => drop(id)}
                className="any-text"
              >
                {problem}
              </Alert>
            ),
          )}
          {error ? <Failure error={error} reset={() => void refetch()} /> : null}
          {!data && !error ? <Skeleton height={200} aria-busy="true" /> : null}
          {data && images.length === 0 ? (
            <Empty
              title={t(wanted === '' ? 'empty' : 'noneFound')}
              text={wanted === '' ? t('emptyText') : undefined}
            />
          ) : null}
          <div className={classes.columns}>
            {images.length > 0 ? (
              <div className={classes.grid} role="group" aria-label={t('title')}>
                {images.map((image) => (
                  <button
                    key={image.id}
                    type="button"
                    className={classes.image}
                    aria-pressed={chosen?.id === image.id}
                    aria-label={image.name}
                    onClick={() => setChosen(image)}
                    onDoubleClick={() => {
                      if (image.alt !== '') onAnswer(image)
                    }}
                  >
                    <img src={image.url} alt="" loading="lazy" />
                    <span className={classes.name}>{image.name}</span>
                  </button>
                ))}
                {hasNextPage ? (
                  <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                    {t('more')}
                  </Button>
                ) : null}
              </div>
            ) : null}
            {chosen ? (
              <ImageForm
                key={chosen.id}
                image={chosen}
                onChanged={setChosen}
                onDeleted={() => setChosen(undefined)}
                onPick={onAnswer}
              />
            ) : null}
          </div>
        </Stack>
      </div>
    </Modal>
  )
}
