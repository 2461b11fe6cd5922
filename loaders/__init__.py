"""From public files to an edition: fetch → read → clean → classify → publish. Knows nothing of the screen."""
