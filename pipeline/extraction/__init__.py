"""Room 4: what is said in a report, found in its text: persons, bodies, cues, who speaks, asks, the meeting.

In comes a tagged Doc with its blocks; out go mentions and asks with offsets and the rules that read them. Nothing
here says what a mention means outside the text: that is `pipeline.link`.
"""
