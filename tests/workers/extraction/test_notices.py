"""Notices: what a page asks of its reader is no article; one that asks for nothing else says so."""

from __future__ import annotations

import pytest

from workers.extraction import page
from workers.extraction.encoding import Decoded
from workers.extraction.extract import Extract
from workers.extraction.refusal import Refused

STORY = [
    "The council of Harrow closed the old bridge over the Tarn on Monday, after engineers had found cracks in it.",
    "Traffic is being sent over the ring road, which adds twelve kilometres to the way, and buses run all day.",
    "Ana Moore, who sells bread on the far bank, said that half of her customers had stayed away on the first day.",
    "The engineer in charge, Tomas Lind, said that the repair would take until autumn if the weather held.",
]
TEXT = "\n\n".join(STORY)
P = "".join(f"<p>{line}</p>" for line in STORY)
ARTICLE = f"<article><h1>Council closes bridge</h1>{P}</article>"
TEASER = f"<article><h1>Council closes bridge</h1><p>{STORY[0]}</p></article>"
FOOT = "<footer><p>Copyright The Harrow Post. <a href='/terms'>Terms</a></p></footer>"


def read(body: str, head: str = "") -> Extract:
    head = f"<head><title>Council closes bridge</title>{head}</head>"
    source = f"<!doctype html><html>{head}<body>{body}{FOOT}</body></html>"
    return page.extract(Decoded(source, "utf-8", "declared"), "https://harrow.example/bridge")


def refused(body: str) -> str:
    with pytest.raises(Refused) as found:
        read(body)
    return found.value.code


CONSENT = {
    "partners": "<div><h2>We value your privacy</h2><p>We and our 812 partners store and access information on a "
    "device, such as cookies, and process personal data, such as unique identifiers, to show you advertising that "
    "fits your interests.</p><p>With your permission we and our partners may use precise geolocation data. You may "
    "click to consent, or you may refuse and change your settings at any time in the privacy centre of this page.</p>"
    "<button>Accept all</button><button>Reject</button></div>",
    "bar": "<section><p>This website uses cookies so that we can give you the best experience. By continuing to "
    "browse the site you agree to our use of cookies. You can change your cookie settings whenever you like.</p>"
    "<a>Cookie policy</a> <button>Got it</button></section>",
    "kinds": "<div role='dialog'><h2>Cookie settings</h2><p>Strictly necessary cookies are needed for the site to "
    "work at all and can not be switched off in our systems.</p><p>Performance cookies let us count visits, so that "
    "we know which of the pages are read most and which are not.</p><p>These cookies remember what you chose, such "
    "as your language, and make the site more personal.</p><span>Save preferences</span></div>",
    "pay or accept": "<div><h1>Read on with advertising or without</h1><p>Read the Post with advertising and "
    "tracking "
    "as ever, or take out our ad-free subscription for £3 a month.</p><p>We and our partners use cookies to store "
    "and "
    "read information on your device, and you can withdraw your consent at any time in the privacy settings.</p>"
    "<button>Accept and continue</button></div>",
    "before": "<form><h2>Before you continue</h2><p>We use cookies and data to deliver and keep up our services, to "
    "track outages and to protect against fraud and abuse.</p><p>If you choose “Accept all”, more is done with them."
    "</p><p>Your choices apply to this site only, and your data may be shared with partners in other countries.</p>"
    "<button>More options</button></form>",
    "marked": "<div id='onetrust-banner-sdk'><p>Hello, dear reader of the Post, it is good to have you here again "
    "with us today.</p><p>We use cookies.</p></div>",
    "marked by another": "<div class='didomi-popup-view'><p>Agreeing lets the Post and others measure what is read "
    "on it and by whom, and how long.</p><p>With your agreement, we count visits.</p><button>Agree</button></div>",
}


@pytest.mark.parametrize("notice", CONSENT.values(), ids=CONSENT)
@pytest.mark.parametrize("where", ["before", "after", "inside"])
def test_consent_is_no_part_of_the_article(notice: str, where: str) -> None:
    inside = ARTICLE.replace("</p><p>Traffic", f"</p>{notice}<p>Traffic")
    body = {"before": notice + ARTICLE, "after": ARTICLE + notice, "inside": inside}[where]
    found = read(body)
    assert (found.text, found.notes) == (TEXT, ())


@pytest.mark.parametrize("notice", CONSENT.values(), ids=CONSENT)
def test_consent_alone_is_refused_as_what_it_is(notice: str) -> None:
    assert refused(f"<h1>The Harrow Post</h1>{notice}") == "page_consent"


OFFERS = {
    "overlay": "<div><h2>Subscribe to continue reading</h2><p>Get unlimited access to all stories and the app for £1 "
    "a week. Cancel any time.</p><p>Already a subscriber? Log in</p><button>See the offers</button></div>",
    "limit": "<div><h3>You’ve read your last free article this month</h3><p>Register now to read three more. It "
    "takes "
    "a minute.</p><a>Create a free account</a></div>",
    "members": "<section><p>This article is for members only.</p><p>Join today and help us keep local reporting "
    "alive."
    "</p><ul><li>Monthly £4</li><li>Annual £40</li></ul></section>",
    "premium": "<div><span>Premium article</span><p>To read the full story, sign in or choose a "
    "plan.</p><p>Unlimited "
    "digital access, the crossword and twelve newsletters.</p></div>",
    "unlock": "<div><p>Unlock this article with a free trial.</p><p>Your subscription starts after thirty days "
    "unless "
    "you cancel. $12 per month after that.</p></div>",
    "preview": "<aside><p>You are reading a free preview.</p><p>Keep reading for one pound.</p></aside>",
}  # fmt: skip


@pytest.mark.parametrize("offer", OFFERS.values(), ids=OFFERS)
def test_a_teaser_before_an_offer_is_read_with_a_note(offer: str) -> None:
    found = read(TEASER + offer)
    assert (found.text, found.notes) == (STORY[0], ("shut",))
    inside = read(TEASER.replace("</article>", f"{offer}</article>"))
    assert (inside.text, inside.notes) == (STORY[0], ("shut",))


@pytest.mark.parametrize("offer", OFFERS.values(), ids=OFFERS)
def test_an_offer_alone_is_refused_as_what_it_is(offer: str) -> None:
    assert refused(f"<main><h1>Council closes bridge</h1>{offer}</main>") == "page_offer"


LANDINGS = [
    "<h1>Subscribe to the Post</h1><p>The Post brings you the stories that matter, from every town hall in the "
    "valley.</p>"
    "<h2>Digital</h2><p>Read every story on all your devices, wherever you are.</p><p>£1 a week for the first "
    "three months"
    "</p><button>Choose Digital</button><h3>What readers say</h3><p>“I would not start a day without it.”</p>",
    "<h1>Become a member</h1><p>Local news is under threat as never before, and we need your help to keep it "
    "alive.</p>"
    "<p>For as little as £3 a month you can help us to send reporters where others no longer go.</p><p>Members "
    "receive a "
    "weekly letter from the editor and tickets to our events.</p><a>Join now</a>",
    "<h1>The Morning Harrow</h1><p>All you need to know before your first coffee, sent every weekday at "
    "seven.</p><p>Enter "
    "your email to sign up.</p><button>Sign up</button><p>You can unsubscribe at any time.</p>",
    "<h1>Council closes bridge</h1><p>Register for free to read this story</p><p>It takes less than a minute, and "
    "gives "
    "you five free stories every month.</p><p>By registering you agree to our terms and conditions.</p>",
    "<h2>This story is for members</h2><p>We are glad you are here. Our members make our work possible.</p><p>Log "
    "in or "
    "join to read it.</p>",
]


@pytest.mark.parametrize("landing", LANDINGS)
def test_a_page_that_does_nothing_but_sell_is_an_offer(landing: str) -> None:
    assert refused(f"<main>{landing}</main>") == "page_offer"


def test_notices_in_no_box_of_their_own_go_too() -> None:
    loose = "<p>We use cookies to make this site work.</p><p>By continuing you accept them. Read our cookie policy.</p>"
    assert read(loose + ARTICLE).text == TEXT
    gate = "<p>To continue reading this article, please subscribe.</p>"
    found = read(TEASER.replace("</article>", f"{gate}</article>"))
    assert (found.text, found.notes) == (STORY[0], ("shut",))


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>',
        '<meta property="article:content_tier" content="locked">',
    ],
)
def test_a_page_that_says_that_it_is_shut_is_read_with_a_note(head: str) -> None:
    assert read(TEASER, head).notes == ("shut",)


CHECKS = [
    "<h1>Just a moment...</h1><p>Checking your browser before you go on to harrow.example. Please wait.</p>",
    "<h1>Access denied</h1><p>You have been blocked. Reference ID 12.</p>",
    "<p>Please enable JavaScript to see this site, and turn off any ad blocker that you use while you are reading.</p>",
    "<h2>Are you a robot?</h2><p>We saw unusual traffic from your network. Complete the captcha to go on.</p>",
    "<p>JavaScript is disabled in your browser.</p>",
    "<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript>",
    "<h1>Are you over 18?</h1><p>You must be 18 or older to enter this site.</p><button>Yes</button>",
    "<h1>Unavailable due to legal reasons</h1><p>You are trying to visit this website from a country where access "
    "can not "
    "be granted at this time.</p>",
    "<h1>Page not found</h1><p>Sorry, the page you are looking for does not exist or has been moved.</p>",
]


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_for_robots_is_refused_as_what_it_is(check: str) -> None:
    assert refused(check) == "page_check"


PROMOTIONS = [
    "<div><h3>Support the Post</h3><p>For the price of a coffee you keep a paper alive in this valley, week after "
    "week."
    "</p></div>",
    "<div><p>Sign up for our newsletter and get the day’s stories in your inbox every morning.</p><button>Sign up"
    "</button></div>",
    "<p>Hear it told: a new episode of The Tarn Tapes comes out on every Thursday at noon.</p>",
]


@pytest.mark.parametrize("promotion", PROMOTIONS)
def test_a_promotion_that_comes_again_and_again_is_no_part_of_the_article(promotion: str) -> None:
    body = ARTICLE.replace("</p><p>", f"</p>{promotion}<p>")
    assert body.count(promotion) == 3
    assert read(body).text == TEXT


def test_an_article_that_stands_there_three_times_is_no_promotion() -> None:
    assert STORY[0] in read(ARTICLE * 3).text


@pytest.mark.parametrize("tag", ["aside", "form", "dialog open", "fieldset", "section class='sidebar'", "figure",
                                 "div class='related-articles promo'"])  # fmt: skip
def test_an_article_in_an_unlikely_element_is_found(tag: str) -> None:
    element = tag.partition(" ")[0]
    body = f"<header><nav><a href='/'>Home</a></nav></header><{tag}><h1>Council closes bridge</h1>{P}</{element}>"
    assert read(body).text == TEXT
    assert read(CONSENT["partners"] + body).text == TEXT


def test_comments_are_no_article() -> None:
    comments = "".join(f"<p>{line} And they should be ashamed of it, all of them.</p>" for line in STORY * 3)
    assert read(f"{TEASER}<section id='comments'>{comments}</section>").text == STORY[0]


@pytest.mark.parametrize(
    "line",
    [
        "Websites must ask for consent before they store cookies, the court said, and most of them do not.",
        "“We use cookies to give you the best experience,” reads the notice that the court called misleading.",
        "The paper lost its subscribers after it raised the price to £5 a month, its owner said on Friday.",
        "Readers who subscribe get unlimited access, but only one in nine does, the survey of the union found.",
        "The ministry will store personal data of its partners for ten years, which critics called reckless.",
        "Prisoners were paid $1 a day for the effort. A meal cost them $2 a week, and a bed $3 a month, she found.",
        "Members get into a war of words every Monday, and the chair has to part them, one of them said.",
        "Consider the students who closed the bridge: their plan to support the ferry was forgotten within a year.",
        "He asked voters to verify that they were human, and three in ten could not, the commission wrote.",
    ],
)
def test_an_article_about_such_things_is_read_whole(line: str) -> None:
    body = f"<article><h1>Council closes bridge</h1><p>{STORY[0]}</p><p>{line}</p><p>{STORY[1]}</p></article>"
    found = read(body)
    assert (found.text, found.notes) == ("\n\n".join([STORY[0], line, STORY[1]]), ())
