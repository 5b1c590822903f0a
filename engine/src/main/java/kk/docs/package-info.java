/// The manual. Every name of the language becomes an [Entry], read off the same annotations and
/// enums that the engine itself reads; [ManualPage] makes Markdown of entries, [ManualText] what
/// `kk doc` prints. What lives in rooms this one may not see, such as filters and settings, is
/// handed in as plain entries by the command line.
package kk.docs;
