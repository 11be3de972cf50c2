/** Where the picture of products lies that previews make up: a made-up address would be one that nothing comes from. */
export const SAMPLE_PICTURE = '/studio/sample-product.png'
