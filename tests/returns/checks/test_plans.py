"""What announces something, and what only looks as if it did, a sentence for each way of saying so."""

import pytest

from returns.checks.plan_not_action import is_plan
from returns.checks.reading import read
from returns.richtext import Paragraph, Text

PLANS = """
It is to be rolled out to the bail support team in due course.
It's to be trialled at two further garrisons before the winter.
This is to be extended to all six wards.
Our aim over the coming months is to write a booklet for grandchildren as well.
Another morning is in the diary for May.
Dates are in the diary for the second cohort.
A replacement is being sought with a view to starting in April 2026.
From July the pathway is going live in the neonatal unit.
The new system goes live on 1 June 2025.
A programme of parent voice events is being finalised for the coming year.
We are planning a children's panel on each estate.
We're planning a second survey.
A webchat for teenagers is being built and is going live with evening cover.
We are considering a text service for parents.
We are exploring whether the room could be moved.
A peer mentor scheme is under consideration.
We have yet to decide how families will hear the outcome.
Training for the remaining teams is booked for September.
Two more sessions have been booked for the autumn.
We would like to see a young person on every interview panel by 2027.
We want to do more of this next year.
We need to get better at closing the loop and will make this a priority.
The remaining three schools are to be visited in the new year.
As of September every school is to have its own champion.
With effect from April, reports will carry a page for the child.
Once the post is filled, the worker will visit each family.
A further audit is set for the spring.
Work to translate the leaflet begins shortly.
The youth board is due to meet the chief constable in June.
The app is expected to launch in the summer.
It is our intention that families will be asked at closure.
Plans are afoot to open a second room.
Plans are well advanced for a youth hub.
A new form is on its way.
More is to come on this.
The next survey is going out in October.
We'll be asking the same question again at the end of the year.
There will be a film made by the young people.
Further work is needed and this will be picked up in 2025/26.
The group has agreed to redesign the letter and will start with the first page.
Our hope is to have a parent on the board by Christmas.
We aim to have all staff trained by March 2026.
The intention is that each ward gets its own box.
Funding has been bid for and, if granted, will pay for a youth worker.
If the bid succeeds we will recruit two advocates.
A second phase will look at fathers.
We shall be writing to all the families in the new term.
The report is to go to the board in July.
Next on the list is the waiting room.
It remains for us to tell the children what came of it.
We are about to begin a pilot with three nurseries.
A business case is being prepared so that the service can be extended from 2026.
The trust is looking to appoint a participation lead.
Staff are to receive refresher training.
Recruitment of a second worker is planned.
Planned for the year ahead: a survey of care leavers and a new booklet.
In the coming year the team intends to hold quarterly listening events.
This learning will feed into our new strategy.
The findings will be used to shape the training programme.
Leaflets in Romanian and Urdu are on order and will follow.
We are going to ask the children what they think of it.
The council has committed to building a garden there.
We propose to repeat the exercise annually.
The plan now is for young inspectors to come back in the autumn.
The team is working towards having a young person on each panel.
We anticipate that the new rooms will open in 2026.
The trust's youth forum will advise on the design of the new ward.
Plans for 2025/26 include a youth conference.
Our priorities for the coming year are peer mentors, a text line and a film.
Next year's priority is fathers.
A survey of siblings follows in the spring.
The second cohort starts in September 2025.
We will, in the autumn, revisit the six families.
By this time next year every ward will have one.
Funding has been agreed for a worker, who starts in May.
The service hopes to recruit a parent champion.
We're hoping to get a dog.
It's planned to open on Saturdays from June.
There will be a further session for the boys in due course.
The team now wants to try this with dads.
An evaluation is to be carried out by the university.
Work on the garden should finish by summer.
Staff training is to be rolled out across the county.
We have it in mind to pay the young people.
The idea is to ask them again in a year's time.
In the year ahead we want to reach more fathers.
The intention for next year is a joint survey.
Looking ahead, we would like families to chair the meeting.
We expect that the new form will be in use from June.
This work continues and will be extended to Year 9.
Once signed off, the toolkit will be shared with all schools.
The chief officer has promised to fund a second room.
Colleagues in health have undertaken to trial the card.
A meeting has been arranged for next month to discuss this.
Discussions are under way to bring the offer to the north of the county.
The new rota comes in on 1 April 2026.
An away day is being held in May to look at this.
This is a piece of work for next year.
We've put money aside for a mural next summer.
A pilot will run in two schools before it is offered to all.
The findings go to the board in the new year.
Parents are to be invited on to the steering group.
The next phase is a film made by the boys.
Further consultation with siblings is planned.
We now plan a joint training day with the police.
Recruitment is under way for a participation worker who will lead on this.
"""
NO_PLANS = """
The county's young carers plan 2022–2027 states that every school is to have a lead by the end of its term.
Staff who see a student in distress will stay with them until the duty officer comes.
Families who ask will be given a copy of the plan.
Vehicles will carry a photograph of the regular crew, it is in the contract.
There is a brothers' shed, and they'll be found in it most Saturdays, hammering.
Staff will ask it out of earshot of the queue, which is the standard for every session.
The child will be shown each instrument first, under the ward's standard.
Penalty notices shall be issued only after an officer has met the family, as the national framework provides.
A nurse will sit with the child at every visit.
Children told us they will come back if the room is warm.
The girl said she will be a nurse.
The question children asked most was what will happen to me.
The plan was changed because of what she said.
We planned the day with young people and they ran it.
The planned session in June was held and forty children came.
Care plans are reviewed with the child every six months.
Young people are planning their own conference.
Parents hope that the group will continue.
One boy is going to college now.
We had hoped to reach fifty families and reached thirty.
Calls will be answered within two hours.
What the children intended was a place to sit.
The due date was moved at the request of the school.
A child who tells us something will be believed.
Where a parent cannot read, the worker will read the letter aloud.
The hope she spoke of was to see her brother.
The pilot was to last six months; it lasted nine.
It was agreed that the form would be changed, and it was changed in May 2024.
Our aim is to listen before we act.
The purpose of the group is to give fathers a voice.
Their advice was to keep it short.
It is important to ask twice.
Nothing is more likely to make a child stop talking than a clipboard.
The will of the child was set down in her own words.
Children are expected to be at the meeting, and most came.
The policy says that a child will be seen alone.
The forward plan was written by the youth board.
Young people will often tell a cook what they will not tell a social worker.
She was looking forward to the summer.
They asked who will see it, and we told them.
No child will be interviewed without an adult they have chosen.
Practitioners know that they will be asked for the child's words at supervision.
Each winter the group goes to the coast.
The upcoming changes to the law were explained to parents.
We wanted to know whether it helped, so we asked.
A steering group of nine parents meets every month and will turn away no idea.
The clock in the waiting room is going to the workshop because it ticked too loudly for them, they said.
The new letter is easier to read.
The proposal to close the hub was withdrawn after parents spoke against it.
The expected number was twenty and sixty came.
Whoever opens the door will say their name first.
Letters will be sent in the family's language; this has been so since 2019.
You will find the poster in each of our waiting rooms.
As one mother put it, we will remember this.
Young people who miss two sessions will get a card, not a warning.
When the bell goes, a steward will walk with them.
The intended outcome was agreed with the family.
All new staff will meet the youth panel in their first week.
Any complaint will be read by two people.
It is hoped by many that this is so, a grandfather said.
The next step in the ladder is a visit.
Children were told what would happen next.
The children who planned the day were thanked.
Everyone who comes will get a hot meal.
Children can expect to be told the truth.
We expect staff to ask every child.
The court will usually sit at ten.
A plan to move her school was dropped when she said no.
It aims to give girls a place to talk.
The group hoped for better lights; they were put in last May.
Hope is what they asked for.
She will be sixteen when the order ends, she told us.
Whatever the weather, the walk goes ahead.
We look forward to Thursdays, said one mother.
Those due a visit were rung first.
Fees due from families were written off.
The next day the door was mended.
Next to the desk is a box.
It was to be the last meeting.
They said the plan will fail.
If we hear it from two families we will act, and did so in March 2025.
You will see from the table that calls rose.
As planned, the room opened in May.
What was planned as an hour became a morning.
We set out to ask every child and did.
Parents were going to leave; they stayed.
The hub had been due to close.
A child in need plan is shared with the child.
Care planning meetings are held in the child's room.
He has a place to go to and a plan to get there.
Girls said that they would like to see a woman next time.
The young people will not be moved, they told the councillor.
Callers hear who will ring back and when.
Our promise to families is that nobody will be judged.
Each month the panel picks a case and the manager will explain what was done.
Boys are being seen by the same nurse each week.
The leaflet is being used in nine schools.
Nurses are expected to wash their hands in front of the child.
Bus drivers will stop when a child waves, and have done since 2022.
We are looking after 40 children who came alone.
The group is planning its own summer trip.
"""


def announces(text: str) -> bool:
    reading = read((Paragraph((Text(text),)),))
    return any(is_plan(reading, sentence) for sentence in reading.prose)


@pytest.mark.parametrize("text", PLANS.strip().splitlines())
def test_it_says_what_is_to_come(text: str) -> None:
    assert announces(text)


@pytest.mark.parametrize("text", NO_PLANS.strip().splitlines())
def test_it_says_what_was_done_or_always_is(text: str) -> None:
    assert not announces(text)
