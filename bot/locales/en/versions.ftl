versions-title = 🕓 <b>Versions of post #{ $number }</b> · { $n }
versions-line = <b>v{ $number }</b> · { $when }{ $current ->
    [yes] {" "}· <b>current</b>
   *[no] {""}
}
versions-excerpt = <i>{ $excerpt }</i>
versions-rejected = 👎 Rejected: { $reason }
versions-reason-created = created
versions-reason-edited = edited
versions-reason-regenerated = rewritten
versions-reason-restored = an earlier version brought back
versions-reason-media = files
versions-reason-platforms = platforms
versions-by-owner = your text
versions-by-ai = AI's text
versions-by-template = from a template
versions-files = { $n } { $n ->
    [one] file
   *[other] files
}
versions-restore = ↩️ Bring this version back
versions-whole = 📄 Show it as it was
versions-list = ‹ All versions
versions-restored = ↩️ Version { $number } is back. What came after it is kept.
