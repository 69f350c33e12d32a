/** Recipes to begin with. The first needs nothing from anywhere. */

const canvas = { canvas: { width: 1080, height: 1920 }, fps: 30 }

const subtitles = {
  ruleGroup: {
    id: 'rg-subtitles',
    title: '字幕样例',
    rules: [{ type: 'subtitle', title: '字幕', materialIds: [] }],
  },
  materials: [],
  draftConfig: canvas,
  testData: {
    tracks: [{ id: 't_sub', type: 'text' }],
    items: [
      { type: 'subtitle', data: { track: 't_sub', text: '新品上市', start: 0.5, duration: 3 } },
      { type: 'subtitle', data: { track: 't_sub', text: '今天开始', start: 3.5, duration: 2.5 } },
    ],
  },
}

const brief = {
  ruleGroup: {
    id: 'rg1',
    title: '竖屏人物图片',
    rules: [
      { type: 'image', title: 'Picture', materialIds: [] },
      { type: 'subtitle', title: 'Subtitle', materialIds: [] },
      { type: 'music', title: 'Music', materialIds: ['m_bgm'] },
    ],
  },
  materials: [
    { id: 'm_bgm', type: 'music', path: 'https://cdn.example.com/bgm.mp3', name: 'bgm.mp3' },
  ],
  draftConfig: canvas,
  testData: {
    tracks: [
      { id: 't_img', type: 'video' },
      { id: 't_mus', type: 'audio' },
      { id: 't_sub', type: 'text' },
    ],
    items: [
      {
        type: 'image',
        data: {
          track: 't_img',
          path: 'https://cdn.example.com/1.jpg',
          start: 0,
          duration: 3.5,
          transitions: [{ name: '叠化', duration: 0.5 }],
        },
      },
      {
        type: 'image',
        data: {
          track: 't_img',
          path: 'https://cdn.example.com/2.jpg',
          start: 3.5,
          duration: 3.5,
          animations: [{ type: 'video_intro', name: '渐显', duration: 0.5 }],
        },
      },
      { type: 'music', data: { track: 't_mus', start: 0, duration: 7, volume: 0.6 } },
      { type: 'subtitle', data: { track: 't_sub', text: '新品上市', start: 0.5, duration: 3 } },
    ],
  },
}

const SLIDE_SECONDS = 3

const slideshow = {
  ruleGroup: {
    id: 'rg-slides',
    title: '幻灯片',
    rules: [{ type: 'image', title: '图片', materialIds: [] }],
  },
  materials: [],
  draftConfig: { canvas: { width: 1920, height: 1080 }, fps: 30 },
  testData: {
    tracks: [{ id: 't_img', type: 'video' }],
    items: ['叠化', '闪黑', '左移', '推近', '模糊'].map((name, index) => ({
      type: 'image',
      data: {
        track: 't_img',
        path: `https://cdn.example.com/slides/${index + 1}.jpg`,
        start: index * SLIDE_SECONDS,
        duration: SLIDE_SECONDS,
        transitions: index < 4 ? [{ name, duration: 0.5 }] : [],
      },
    })),
  },
}

const text = (recipe: unknown) => JSON.stringify(recipe, null, 2)

export const EXAMPLES = [
  { key: 'subtitles', text: text(subtitles) },
  { key: 'brief', text: text(brief) },
  { key: 'slideshow', text: text(slideshow) },
] as const
